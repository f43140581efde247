// Debian's header under the name that Debian's sources include.
#ifndef NADI_LLHTTP_H
#define NADI_LLHTTP_H
#ifndef LLHTTP_STRICT_MODE
#define LLHTTP_STRICT_MODE 1
#endif
#include "/usr/share/include/llhttp/llhttp.h"
#endif
