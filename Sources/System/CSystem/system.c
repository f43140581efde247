#include "CSystem.h"
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/syscall.h>
#include <time.h>

static _Thread_local void *current_loop;

__attribute__((noinline)) void *nadi_current_loop(void) { return current_loop; }

__attribute__((noinline)) void nadi_set_current_loop(void *loop) { current_loop = loop; }

long nadi_thread_number(void) { return syscall(SYS_gettid); }

void nadi_name_thread(const char *name) { pthread_setname_np(pthread_self(), name); }

uint64_t nadi_monotonic_milliseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

static int signal_pipe[2] = {-1, -1};
static pthread_once_t signal_pipe_once = PTHREAD_ONCE_INIT;

static void open_signal_pipe(void) {
  if (pipe2(signal_pipe, O_NONBLOCK | O_CLOEXEC)) signal_pipe[0] = signal_pipe[1] = -1;
}

static void on_signal(int number) {
  int saved = errno;
  unsigned char byte = (unsigned char)number;
  ssize_t ignored = write(signal_pipe[1], &byte, 1);
  (void)ignored;
  errno = saved;
}

int nadi_signal_pipe(void) {
  pthread_once(&signal_pipe_once, open_signal_pipe);
  return signal_pipe[0];
}

void nadi_catch_signal(int number) {
  struct sigaction action = {.sa_handler = on_signal, .sa_flags = SA_RESTART};
  sigemptyset(&action.sa_mask);
  sigaction(number, &action, 0);
}

void nadi_ignore_broken_pipes(void) { signal(SIGPIPE, SIG_IGN); }

int nadi_listen(const struct sockaddr *address, socklen_t length, int reuse_port) {
  int fd = socket(address->sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), on = 1, off = 0;
  if (fd < 0) return -1;
  if (address->sa_family != AF_UNIX) setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (address->sa_family == AF_INET6) setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
  if (reuse_port) setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &on, sizeof on);
  if (!bind(fd, address, length) && !listen(fd, 4096)) return fd;
  int saved = errno;
  close(fd);
  errno = saved;
  return -1;
}

int nadi_accept(int listener, struct sockaddr_storage *peer) {
  socklen_t length = sizeof *peer;
  int on = 1, fd = accept4(listener, (struct sockaddr *)peer, &length, SOCK_NONBLOCK | SOCK_CLOEXEC);
  if (fd >= 0 && peer->ss_family != AF_UNIX) setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return fd;
}
