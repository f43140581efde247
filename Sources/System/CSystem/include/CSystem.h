// The kernel's calls that Swift's Glibc overlay does not carry.
#ifndef CSYSTEM_H
#define CSYSTEM_H
#include "CProcess.h"
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

// The loop that runs on this thread, or null. Behind a call that is never inlined, because the compiler
// may carry a thread's address across an await that changed the thread.
void *nadi_current_loop(void);
void nadi_set_current_loop(void *loop);

// The kernel's number of this thread, asked anew each time (pthread_self is "const" to the optimiser).
long nadi_thread_number(void);

// Names the calling thread, as seen in top and gdb.
void nadi_name_thread(const char *name);

// Milliseconds that never go back.
uint64_t nadi_monotonic_milliseconds(void);

// The readable end of a pipe into which every caught signal writes its number as one byte; -1 when the
// pipe cannot be made. The same descriptor for the life of the process.
int nadi_signal_pipe(void);
void nadi_catch_signal(int number);
void nadi_ignore_broken_pipes(void);

// A listening, non-blocking socket, or -1 with errno. An IPv6 "::" takes IPv4 as well.
int nadi_listen(const struct sockaddr *address, socklen_t length, int reuse_port);
// The next client, non-blocking and without Nagle's delay, or -1 with errno.
int nadi_accept(int listener, struct sockaddr_storage *peer);

// A small number of this thread's own, counted from 0: picks the shard a metric is counted in.
unsigned nadi_thread_slot(void);
#endif
