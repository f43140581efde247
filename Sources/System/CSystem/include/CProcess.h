// Starting programs as somebody else, and knowing that they end with us.
#ifndef CPROCESS_H
#define CPROCESS_H
#include <sys/types.h>

// Starts a program in its own process group. With a uid other than 0 it runs as that account; death_signal reaches it
// when the calling thread ends, however this process dies. Its output goes to the descriptor. Returns its pid, or -1.
pid_t nadi_spawn(const char *path, char *const arguments[], char *const environment[], uid_t uid, gid_t gid,
                 int output, int death_signal);

// Waits for the program and returns its exit code, or 128 and the signal that ended it.
int nadi_wait(pid_t pid);

// The process's environment, "NAME=value" each, null at the end.
char **nadi_environment(void);
#endif
