#include "CCurl.h"
#include <arpa/inet.h>
#include <sys/socket.h>

CURLcode nadi_curl_set_number(CURL *transfer, CURLoption option, long value) {
  return curl_easy_setopt(transfer, option, value);
}

CURLcode nadi_curl_set_text(CURL *transfer, CURLoption option, const char *text) {
  return curl_easy_setopt(transfer, option, text);
}

CURLcode nadi_curl_set_list(CURL *transfer, CURLoption option, const struct curl_slist *list) {
  return curl_easy_setopt(transfer, option, list);
}

CURLcode nadi_curl_set_body(CURL *transfer, const void *bytes, size_t count) {
  CURLcode result = curl_easy_setopt(transfer, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)count);
  return result != CURLE_OK ? result : curl_easy_setopt(transfer, CURLOPT_COPYPOSTFIELDS, bytes);
}

CURLcode nadi_curl_listen(CURL *transfer, void *listener, curl_write_callback body, curl_write_callback head,
                          curl_read_callback feed, curl_opensocket_callback open) {
  CURLcode results[] = {
      curl_easy_setopt(transfer, CURLOPT_WRITEDATA, listener),
      curl_easy_setopt(transfer, CURLOPT_WRITEFUNCTION, body),
      curl_easy_setopt(transfer, CURLOPT_HEADERDATA, listener),
      curl_easy_setopt(transfer, CURLOPT_HEADERFUNCTION, head),
      curl_easy_setopt(transfer, CURLOPT_READDATA, listener),
      curl_easy_setopt(transfer, CURLOPT_READFUNCTION, feed),
      curl_easy_setopt(transfer, CURLOPT_OPENSOCKETDATA, listener),
      curl_easy_setopt(transfer, CURLOPT_OPENSOCKETFUNCTION, open),
  };
  for (size_t index = 0; index < sizeof results / sizeof *results; index++)
    if (results[index] != CURLE_OK) return results[index];
  return CURLE_OK;
}

long nadi_curl_answer_code(CURL *transfer) {
  long code = 0;
  curl_easy_getinfo(transfer, CURLINFO_RESPONSE_CODE, &code);
  return code;
}

int nadi_curl_has_begun(CURL *transfer) {
  curl_off_t microseconds = 0;
  curl_easy_getinfo(transfer, CURLINFO_PRETRANSFER_TIME_T, &microseconds);
  return microseconds > 0;
}

CURLMcode nadi_curl_watch(CURLM *transfers, void *watcher, curl_socket_callback socket,
                          curl_multi_timer_callback timer) {
  CURLMcode results[] = {
      curl_multi_setopt(transfers, CURLMOPT_SOCKETDATA, watcher),
      curl_multi_setopt(transfers, CURLMOPT_SOCKETFUNCTION, socket),
      curl_multi_setopt(transfers, CURLMOPT_TIMERDATA, watcher),
      curl_multi_setopt(transfers, CURLMOPT_TIMERFUNCTION, timer),
  };
  for (size_t index = 0; index < sizeof results / sizeof *results; index++)
    if (results[index] != CURLM_OK) return results[index];
  return CURLM_OK;
}

CURLMcode nadi_curl_limit(CURLM *transfers, long connections, long connections_per_host) {
  CURLMcode result = curl_multi_setopt(transfers, CURLMOPT_MAX_TOTAL_CONNECTIONS, connections);
  return result != CURLM_OK
             ? result
             : curl_multi_setopt(transfers, CURLMOPT_MAX_HOST_CONNECTIONS, connections_per_host);
}

void nadi_curl_address_text(const struct curl_sockaddr *address, char text[46]) {
  text[0] = 0;
  if (address->family == AF_INET)
    inet_ntop(AF_INET, &((const struct sockaddr_in *)&address->addr)->sin_addr, text, 46);
  else if (address->family == AF_INET6)
    inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)&address->addr)->sin6_addr, text, 46);
}

curl_socket_t nadi_curl_open_socket(const struct curl_sockaddr *address) {
  return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

void nadi_curl_hang_up(CURL *transfer) {
  curl_socket_t socket = CURL_SOCKET_BAD;
  if (curl_easy_getinfo(transfer, CURLINFO_ACTIVESOCKET, &socket) == CURLE_OK && socket != CURL_SOCKET_BAD)
    shutdown(socket, SHUT_RDWR);
}
