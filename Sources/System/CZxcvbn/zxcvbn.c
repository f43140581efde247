#include "CZxcvbn.h"
#include <zxcvbn.h>

// The library takes its words as `const char *[]` and writes to none of them.
double nadi_password_bits(const char *password, const char *const *words) {
  return ZxcvbnMatch(password, (const char **)words, NULL);
}
