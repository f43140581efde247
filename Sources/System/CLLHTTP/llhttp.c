// Debian's llhttp.c, compiled strict.
#include "CLLHTTP.h"
#include "/usr/share/llhttp/llhttp.c"
