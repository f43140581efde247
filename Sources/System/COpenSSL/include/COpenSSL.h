// OpenSSL's libcrypto behind the few whole operations that the product needs. Algorithms are fetched once a
// process, key material is wiped by OpenSSL's own free functions, and no handle ever crosses into Swift.
// Every function gives 1 when it did what it says and 0 when it did not; outputs are then untrustworthy.
#ifndef COPENSSL_H
#define COPENSSL_H
#include <stddef.h>
#include <stdint.h>

int nadi_random(uint8_t *bytes, size_t count);
int nadi_equal(const uint8_t *one, const uint8_t *other, size_t count);

int nadi_sha256_begin(void);
int nadi_sha256_add(const uint8_t *bytes, size_t count);
int nadi_sha256_finish(uint8_t digest[32]);
int nadi_sha1(const uint8_t *bytes, size_t count, uint8_t digest[20]);
int nadi_hmac_sha256(const uint8_t *key, size_t key_count, const uint8_t *bytes, size_t count, uint8_t mac[32]);
int nadi_hmac_sha1(const uint8_t *key, size_t key_count, const uint8_t *bytes, size_t count, uint8_t mac[20]);

int nadi_ed25519_public(const uint8_t secret[32], uint8_t public_key[32]);
int nadi_ed25519_sign(const uint8_t secret[32], const uint8_t *bytes, size_t count, uint8_t signature[64]);
int nadi_ed25519_verify(const uint8_t public_key[32], const uint8_t *bytes, size_t count,
                        const uint8_t signature[64]);

// Signatures of others, over SHA-256: by P-256 (`point` uncompressed; the signature in DER, or r and s of 32 bytes
// each) and by RSA (PKCS #1 v1.5; modulus and exponent big-endian). A key that is none accepts nothing.
int nadi_es256_verify(const uint8_t point[65], const uint8_t *bytes, size_t count, const uint8_t *signature,
                      size_t signature_count);
int nadi_es256_verify_plain(const uint8_t point[65], const uint8_t *bytes, size_t count,
                            const uint8_t signature[64]);
int nadi_rs256_verify(const uint8_t *modulus, size_t modulus_count, const uint8_t *exponent,
                      size_t exponent_count, const uint8_t *bytes, size_t count, const uint8_t *signature,
                      size_t signature_count);

// An RSA key of our own, of 2048 bits, as the DER of a PKCS #1 RSAPrivateKey. Making one takes a good part of a second of a
// core. `count` says how much room there is, and then how much was needed.
#define NADI_RSA_MODULUS_BYTES 256
#define NADI_RSA_DER_BYTES_MAX 1300
int nadi_rsa_make(uint8_t *der, size_t *count);
int nadi_rsa_modulus(const uint8_t *der, size_t count, uint8_t modulus[NADI_RSA_MODULUS_BYTES]);
int nadi_rs256_sign(const uint8_t *der, size_t der_count, const uint8_t *bytes, size_t count,
                    uint8_t signature[NADI_RSA_MODULUS_BYTES]);

int nadi_aes256gcm_seal(const uint8_t key[32], const uint8_t nonce[12], const uint8_t *bound, size_t bound_count,
                        const uint8_t *plain, size_t count, uint8_t *sealed, uint8_t tag[16]);
int nadi_aes256gcm_open(const uint8_t key[32], const uint8_t nonce[12], const uint8_t *bound, size_t bound_count,
                        const uint8_t *sealed, size_t count, const uint8_t tag[16], uint8_t *plain);
// One block, forth (1) or back (0).
int nadi_aes256_block(const uint8_t key[32], const uint8_t from[16], uint8_t to[16], int forth);
#endif
