#include "CProcess.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

// Between fork and exec only calls that are safe in a copy of a threaded process.
static void become(const char *path, char *const arguments[], char *const environment[], uid_t uid, gid_t gid,
                   int output, int death_signal, pid_t parent) {
  if (uid != 0 && (setgroups(0, NULL) || setgid(gid) || setuid(uid))) _exit(126);
  // After setuid, which would clear it; and the parent may have died before.
  if (death_signal && prctl(PR_SET_PDEATHSIG, death_signal)) _exit(126);
  if (getppid() != parent) _exit(126);
  setpgid(0, 0);
  int nothing = open("/dev/null", O_RDONLY);
  if (nothing >= 0) dup2(nothing, 0);
  dup2(output, 1);
  dup2(output, 2);
  close_range(3, ~0U, 0);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  signal(SIGPIPE, SIG_DFL);
  execve(path, arguments, environment);
  _exit(127);
}

pid_t nadi_spawn(const char *path, char *const arguments[], char *const environment[], uid_t uid, gid_t gid,
                 int output, int death_signal) {
  pid_t parent = getpid(), child = fork();
  if (child == 0) become(path, arguments, environment, uid, gid, output, death_signal, parent);
  return child;
}

int nadi_wait(pid_t pid) {
  int status;
  while (waitpid(pid, &status, 0) < 0)
    if (errno != EINTR) return 255;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

char **nadi_environment(void) { return environ; }
