// libsodium behind the three operations that passwords need. A hash is one text that carries its own salt and
// costs. Every function but the last gives 1 when it did what it says and 0 when it did not.
#ifndef CSODIUM_H
#define CSODIUM_H
#include <stddef.h>
#include <stdint.h>

// The longest hash, its final zero included.
enum { nadi_argon2id_bytes = 128 };

int nadi_argon2id(const char *password, size_t count, uint64_t passes, size_t memory, char hash[128]);
int nadi_argon2id_verify(const char *hash, const char *password, size_t count);
// 0: made with exactly these costs. 1: made with others. -1: no hash at all.
int nadi_argon2id_differs(const char *hash, uint64_t passes, size_t memory);
#endif
