// libcurl, whose options are variadic and so invisible to Swift, each kind behind one plain function.
#ifndef CCURL_H
#define CCURL_H
#include <curl/curl.h>
#include <stddef.h>

CURLcode nadi_curl_set_number(CURL *transfer, CURLoption option, long value);
CURLcode nadi_curl_set_text(CURL *transfer, CURLoption option, const char *text);
CURLcode nadi_curl_set_list(CURL *transfer, CURLoption option, const struct curl_slist *list);
// A body that libcurl copies.
CURLcode nadi_curl_set_body(CURL *transfer, const void *bytes, size_t count);

// Who hears of a transfer: its answer's bytes, its head's lines, its hunger for bytes to send, and each address before
// a socket is made for it.
CURLcode nadi_curl_listen(CURL *transfer, void *listener, curl_write_callback body, curl_write_callback head,
                          curl_read_callback feed, curl_opensocket_callback open);

// The code that the server answered with, 0 when it did not.
long nadi_curl_answer_code(CURL *transfer);
// Whether the connection stood, so that a part of the request may have left.
int nadi_curl_has_begun(CURL *transfer);
// Cuts the connection that a finished transfer has left open.
void nadi_curl_hang_up(CURL *transfer);

CURLMcode nadi_curl_watch(CURLM *transfers, void *watcher, curl_socket_callback socket,
                          curl_multi_timer_callback timer);
CURLMcode nadi_curl_limit(CURLM *transfers, long connections, long connections_per_host);

// The address as text of at most 46 bytes, empty when it is neither IPv4 nor IPv6.
void nadi_curl_address_text(const struct curl_sockaddr *address, char text[46]);
curl_socket_t nadi_curl_open_socket(const struct curl_sockaddr *address);
#endif
