// OpenSSL's libcrypto. Macros and variadic calls that Swift cannot see get a function here.
#ifndef COPENSSL_H
#define COPENSSL_H
#include <openssl/evp.h>
#include <openssl/rand.h>
#endif
