// Debian's http.c, compiled strict.
#include "CLLHTTP.h"
#include "/usr/share/llhttp/http.c"
