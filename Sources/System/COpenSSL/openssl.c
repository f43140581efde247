#include "COpenSSL.h"
#include <limits.h>
#include <openssl/core_names.h>
#include <openssl/bn.h>
#include <openssl/crypto.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <string.h>

// OpenSSL 3 looks an algorithm up by name at every use of EVP_sha256() and its kin, under a lock.
static EVP_MD *sha256;
static EVP_MAC *hmac;
static EVP_CIPHER *aes256gcm;
static EVP_CIPHER *aes256;

__attribute__((constructor)) static void fetch_algorithms(void) {
  sha256 = EVP_MD_fetch(NULL, "SHA256", NULL);
  hmac = EVP_MAC_fetch(NULL, "HMAC", NULL);
  aes256gcm = EVP_CIPHER_fetch(NULL, "AES-256-GCM", NULL);
  aes256 = EVP_CIPHER_fetch(NULL, "AES-256-ECB", NULL);
}

// A nonce or a token takes few bytes, and asking the generator costs more than making a hundred: each thread draws from
// a stock of its own, which forgets what it has given. No process goes on after a fork without exec, so none has
// another's stock.
enum { STOCK = 512 };
static _Thread_local uint8_t stock[STOCK];
static _Thread_local size_t stocked;

int nadi_random(uint8_t *bytes, size_t count) {
  if (count > STOCK / 8) return count <= INT_MAX && RAND_bytes(bytes, (int)count) == 1;
  if (stocked < count) {
    if (RAND_bytes(stock, STOCK) != 1) return 0;
    stocked = STOCK;
  }
  stocked -= count;
  memcpy(bytes, stock + stocked, count);
  OPENSSL_cleanse(stock + stocked, count);
  return 1;
}

int nadi_equal(const uint8_t *one, const uint8_t *other, size_t count) {
  return CRYPTO_memcmp(one, other, count) == 0;
}

// One digest context a thread: the threads are few and live as long as the process.
static _Thread_local EVP_MD_CTX *digesting;

int nadi_sha256_begin(void) {
  if (digesting == NULL) digesting = EVP_MD_CTX_new();
  return digesting != NULL && sha256 != NULL && EVP_DigestInit_ex2(digesting, sha256, NULL) == 1;
}

int nadi_sha256_add(const uint8_t *bytes, size_t count) { return EVP_DigestUpdate(digesting, bytes, count) == 1; }

int nadi_sha256_finish(uint8_t digest[32]) { return EVP_DigestFinal_ex(digesting, digest, NULL) == 1; }

int nadi_sha1(const uint8_t *bytes, size_t count, uint8_t digest[20]) {
  return EVP_Q_digest(NULL, "SHA1", NULL, bytes, count, digest, NULL) == 1;
}

static int hmac_of(char *name, const uint8_t *key, size_t key_count, const uint8_t *bytes, size_t count, uint8_t *mac,
                   size_t mac_count) {
  OSSL_PARAM digest[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, name, 0),
                         OSSL_PARAM_construct_end()};
  static const uint8_t none[1] = {0};
  size_t written = 0;
  EVP_MAC_CTX *context = EVP_MAC_CTX_new(hmac);
  // A null key would mean "the key of last time"; an empty key is a key.
  int done = context != NULL && EVP_MAC_init(context, key_count == 0 ? none : key, key_count, digest) == 1 &&
             EVP_MAC_update(context, bytes, count) == 1 && EVP_MAC_final(context, mac, &written, mac_count) == 1 &&
             written == mac_count;
  EVP_MAC_CTX_free(context);
  return done;
}

int nadi_hmac_sha256(const uint8_t *key, size_t key_count, const uint8_t *bytes, size_t count, uint8_t mac[32]) {
  char name[] = "SHA256";
  return hmac_of(name, key, key_count, bytes, count, mac, 32);
}

int nadi_hmac_sha1(const uint8_t *key, size_t key_count, const uint8_t *bytes, size_t count, uint8_t mac[20]) {
  char name[] = "SHA1";
  return hmac_of(name, key, key_count, bytes, count, mac, 20);
}

int nadi_ed25519_public(const uint8_t secret[32], uint8_t public_key[32]) {
  size_t count = 32;
  EVP_PKEY *key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, NULL, secret, 32);
  int done = key != NULL && EVP_PKEY_get_raw_public_key(key, public_key, &count) == 1 && count == 32;
  EVP_PKEY_free(key);
  return done;
}

int nadi_ed25519_sign(const uint8_t secret[32], const uint8_t *bytes, size_t count, uint8_t signature[64]) {
  size_t written = 64;
  EVP_PKEY *key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, NULL, secret, 32);
  EVP_MD_CTX *context = EVP_MD_CTX_new();
  int done = key != NULL && context != NULL && EVP_DigestSignInit(context, NULL, NULL, NULL, key) == 1 &&
             EVP_DigestSign(context, signature, &written, bytes, count) == 1 && written == 64;
  EVP_MD_CTX_free(context);
  EVP_PKEY_free(key);
  return done;
}

int nadi_ed25519_verify(const uint8_t public_key[32], const uint8_t *bytes, size_t count,
                        const uint8_t signature[64]) {
  EVP_PKEY *key = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, public_key, 32);
  EVP_MD_CTX *context = EVP_MD_CTX_new();
  int done = key != NULL && context != NULL && EVP_DigestVerifyInit(context, NULL, NULL, NULL, key) == 1 &&
             EVP_DigestVerify(context, signature, 64, bytes, count) == 1;
  EVP_MD_CTX_free(context);
  EVP_PKEY_free(key);
  return done;
}

static EVP_PKEY *public_key(const char *type, OSSL_PARAM *parameters) {
  EVP_PKEY *key = NULL;
  EVP_PKEY_CTX *context = parameters == NULL ? NULL : EVP_PKEY_CTX_new_from_name(NULL, type, NULL);
  if (context == NULL || EVP_PKEY_fromdata_init(context) != 1 ||
      EVP_PKEY_fromdata(context, &key, EVP_PKEY_PUBLIC_KEY, parameters) != 1)
    key = NULL;
  EVP_PKEY_CTX_free(context);
  return key;
}

// Takes the key.
static int verify_sha256(EVP_PKEY *key, const uint8_t *bytes, size_t count, const uint8_t *signature,
                         size_t signature_count) {
  EVP_MD_CTX *context = EVP_MD_CTX_new();
  int done = key != NULL && context != NULL &&
             EVP_DigestVerifyInit_ex(context, NULL, "SHA256", NULL, NULL, key, NULL) == 1 &&
             EVP_DigestVerify(context, signature, signature_count, bytes, count) == 1;
  EVP_MD_CTX_free(context);
  EVP_PKEY_free(key);
  return done;
}

int nadi_es256_verify(const uint8_t point[65], const uint8_t *bytes, size_t count, const uint8_t *signature,
                      size_t signature_count) {
  char curve[] = "prime256v1";
  OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, curve, 0),
                             OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, (void *)point, 65),
                             OSSL_PARAM_construct_end()};
  return verify_sha256(public_key("EC", parameters), bytes, count, signature, signature_count);
}

int nadi_es256_verify_plain(const uint8_t point[65], const uint8_t *bytes, size_t count,
                            const uint8_t signature[64]) {
  unsigned char der[80], *end = der;
  ECDSA_SIG *pair = ECDSA_SIG_new();
  BIGNUM *r = BN_bin2bn(signature, 32, NULL), *s = BN_bin2bn(signature + 32, 32, NULL);
  if (pair == NULL || r == NULL || s == NULL || ECDSA_SIG_set0(pair, r, s) != 1) {
    BN_free(r);
    BN_free(s);
    ECDSA_SIG_free(pair);
    return 0;
  }
  int written = i2d_ECDSA_SIG(pair, &end);
  ECDSA_SIG_free(pair);
  return written > 0 && nadi_es256_verify(point, bytes, count, der, (size_t)written);
}

int nadi_rs256_verify(const uint8_t *modulus, size_t modulus_count, const uint8_t *exponent,
                      size_t exponent_count, const uint8_t *bytes, size_t count, const uint8_t *signature,
                      size_t signature_count) {
  if (modulus_count > INT_MAX || exponent_count > INT_MAX) return 0;
  OSSL_PARAM_BLD *builder = OSSL_PARAM_BLD_new();
  BIGNUM *n = BN_bin2bn(modulus, (int)modulus_count, NULL), *e = BN_bin2bn(exponent, (int)exponent_count, NULL);
  OSSL_PARAM *parameters = NULL;
  if (builder != NULL && n != NULL && e != NULL && OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_N, n) == 1 &&
      OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_E, e) == 1)
    parameters = OSSL_PARAM_BLD_to_param(builder);
  EVP_PKEY *key = public_key("RSA", parameters);
  OSSL_PARAM_free(parameters);
  OSSL_PARAM_BLD_free(builder);
  BN_free(n);
  BN_free(e);
  return verify_sha256(key, bytes, count, signature, signature_count);
}

int nadi_rsa_make(uint8_t *der, size_t *count) {
  EVP_PKEY *key = EVP_RSA_gen(NADI_RSA_MODULUS_BYTES * 8);
  unsigned char *made = NULL;
  int written = key == NULL ? -1 : i2d_PrivateKey(key, &made);
  int done = written > 0 && (size_t)written <= *count;
  if (done) {
    memcpy(der, made, (size_t)written);
    *count = (size_t)written;
  }
  OPENSSL_clear_free(made, written > 0 ? (size_t)written : 0);
  EVP_PKEY_free(key);
  return done;
}

// Nothing but an RSA key of our size, and nothing after it.
static EVP_PKEY *private_rsa(const uint8_t *der, size_t count) {
  const unsigned char *end = der;
  if (count > NADI_RSA_DER_BYTES_MAX) return NULL;
  EVP_PKEY *key = d2i_PrivateKey(EVP_PKEY_RSA, NULL, &end, (long)count);
  if (key != NULL && end == der + count && EVP_PKEY_get_size(key) == NADI_RSA_MODULUS_BYTES) return key;
  EVP_PKEY_free(key);
  return NULL;
}

int nadi_rsa_modulus(const uint8_t *der, size_t count, uint8_t modulus[NADI_RSA_MODULUS_BYTES]) {
  EVP_PKEY *key = private_rsa(der, count);
  BIGNUM *n = NULL;
  int done = key != NULL && EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_N, &n) == 1 &&
             BN_bn2binpad(n, modulus, NADI_RSA_MODULUS_BYTES) == NADI_RSA_MODULUS_BYTES;
  BN_free(n);
  EVP_PKEY_free(key);
  return done;
}

int nadi_rs256_sign(const uint8_t *der, size_t der_count, const uint8_t *bytes, size_t count,
                    uint8_t signature[NADI_RSA_MODULUS_BYTES]) {
  size_t written = NADI_RSA_MODULUS_BYTES;
  EVP_PKEY *key = private_rsa(der, der_count);
  EVP_MD_CTX *context = EVP_MD_CTX_new();
  int done = key != NULL && context != NULL &&
             EVP_DigestSignInit_ex(context, NULL, "SHA256", NULL, NULL, key, NULL) == 1 &&
             EVP_DigestSign(context, signature, &written, bytes, count) == 1 && written == NADI_RSA_MODULUS_BYTES;
  EVP_MD_CTX_free(context);
  EVP_PKEY_free(key);
  return done;
}

// One context a thread for sealing and one for opening: made anew, they cost more than what they are for.
static _Thread_local EVP_CIPHER_CTX *sealing, *opening;

// Ready for another box; the cipher is named once, since to name it again would make its state anew.
static EVP_CIPHER_CTX *turned_to(EVP_CIPHER_CTX **context, int forth, const uint8_t key[32], const uint8_t nonce[12]) {
  if (*context == NULL && (*context = EVP_CIPHER_CTX_new()) != NULL &&
      EVP_CipherInit_ex2(*context, aes256gcm, NULL, NULL, forth, NULL) != 1) {
    EVP_CIPHER_CTX_free(*context);
    *context = NULL;
  }
  return *context != NULL && EVP_CipherInit_ex2(*context, NULL, key, nonce, forth, NULL) == 1 ? *context : NULL;
}

int nadi_aes256gcm_seal(const uint8_t key[32], const uint8_t nonce[12], const uint8_t *bound, size_t bound_count,
                        const uint8_t *plain, size_t count, uint8_t *sealed, uint8_t tag[16]) {
  int written = 0, rest = 0;
  EVP_CIPHER_CTX *context = turned_to(&sealing, 1, key, nonce);
  int done = count < INT_MAX && bound_count < INT_MAX && context != NULL &&
             (bound_count == 0 || EVP_EncryptUpdate(context, NULL, &written, bound, (int)bound_count) == 1);
  written = 0;
  return done && (count == 0 || EVP_EncryptUpdate(context, sealed, &written, plain, (int)count) == 1) &&
         (size_t)written == count && EVP_EncryptFinal_ex(context, tag, &rest) == 1 && rest == 0 &&
         EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, 16, tag) == 1;
}

int nadi_aes256gcm_open(const uint8_t key[32], const uint8_t nonce[12], const uint8_t *bound, size_t bound_count,
                        const uint8_t *sealed, size_t count, const uint8_t tag[16], uint8_t *plain) {
  int written = 0, rest = 0;
  uint8_t scratch[16];
  EVP_CIPHER_CTX *context = turned_to(&opening, 0, key, nonce);
  int done = count < INT_MAX && bound_count < INT_MAX && context != NULL &&
             (bound_count == 0 || EVP_DecryptUpdate(context, NULL, &written, bound, (int)bound_count) == 1);
  written = 0;
  return done && (count == 0 || EVP_DecryptUpdate(context, plain, &written, sealed, (int)count) == 1) &&
         (size_t)written == count && EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, 16, (void *)tag) == 1 &&
         EVP_DecryptFinal_ex(context, scratch, &rest) == 1 && rest == 0;
}

int nadi_aes256_block(const uint8_t key[32], const uint8_t from[16], uint8_t to[16], int forth) {
  int written = 0;
  EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
  int done = context != NULL && EVP_CipherInit_ex2(context, aes256, key, NULL, forth, NULL) == 1 &&
             EVP_CIPHER_CTX_set_padding(context, 0) == 1 &&
             EVP_CipherUpdate(context, to, &written, from, 16) == 1 && written == 16;
  EVP_CIPHER_CTX_free(context);
  return done;
}
