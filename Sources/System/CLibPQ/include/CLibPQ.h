// libpq: the one battle-tested client of PostgreSQL's protocol.
#ifndef CLIBPQ_H
#define CLIBPQ_H
#include "/usr/include/postgresql/libpq-fe.h"
#endif
