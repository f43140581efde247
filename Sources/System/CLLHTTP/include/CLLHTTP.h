// Debian's llhttp, strict. Nothing is vendored: the sources come with the package node-llhttp.
#ifndef CLLHTTP_H
#define CLLHTTP_H
#include "llhttp.h"
#endif
