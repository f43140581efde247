// hiredis: only what writes a call's bytes and reads an answer's; its sockets and callbacks stay closed.
#ifndef CHIREDIS_H
#define CHIREDIS_H
#include <hiredis/hiredis.h>
#endif
