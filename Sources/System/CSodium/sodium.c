#include "CSodium.h"
#include <sodium.h>

_Static_assert(crypto_pwhash_STRBYTES <= nadi_argon2id_bytes, "a hash does not fit");

static int is_ready;

__attribute__((constructor)) static void prepare(void) { is_ready = sodium_init() >= 0; }

int nadi_argon2id(const char *password, size_t count, uint64_t passes, size_t memory, char hash[128]) {
  return is_ready &&
         crypto_pwhash_str_alg(hash, password, count, passes, memory, crypto_pwhash_ALG_ARGON2ID13) == 0;
}

int nadi_argon2id_verify(const char *hash, const char *password, size_t count) {
  return is_ready && crypto_pwhash_str_verify(hash, password, count) == 0;
}

int nadi_argon2id_differs(const char *hash, uint64_t passes, size_t memory) {
  return crypto_pwhash_str_needs_rehash(hash, passes, memory);
}
