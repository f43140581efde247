// Lets Debian's sources find the header under the name they include.
#include "CLLHTTP.h"
