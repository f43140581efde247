// zlib, with the macros that Swift cannot see as functions.
#ifndef CZLIB_H
#define CZLIB_H
#include <zlib.h>
int nadi_deflate_gzip_begin(z_stream *stream, int level);
#endif
