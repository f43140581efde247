// wslay: the framing of RFC 6455, without a socket.
#ifndef CWSLAY_H
#define CWSLAY_H
#include <wslay/wslay.h>
#endif
