// How many bits of guessing a password takes, by libzxcvbn: leaked passwords, names, words of several
// languages, keyboard rows, dates and repetitions are known to it, offline. `words` ends with a null.
#ifndef CZXCVBN_H
#define CZXCVBN_H

double nadi_password_bits(const char *password, const char *const *words);
#endif
