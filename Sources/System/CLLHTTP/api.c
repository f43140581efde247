// Debian's api.c, compiled strict.
#include "CLLHTTP.h"
#include "/usr/share/llhttp/api.c"
