// The kernel's calls that Swift's Glibc overlay does not carry.
#ifndef CSYSTEM_H
#define CSYSTEM_H
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>
#endif
