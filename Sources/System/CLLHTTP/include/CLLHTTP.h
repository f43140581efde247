// Debian's llhttp, strict. Nothing is vendored: the sources come with the package node-llhttp.
#ifndef CLLHTTP_H
#define CLLHTTP_H
#ifndef LLHTTP_STRICT_MODE
#define LLHTTP_STRICT_MODE 1
#endif
#include "/usr/share/include/llhttp/llhttp.h"
#endif
