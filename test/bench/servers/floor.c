// The floor of a fan-out: writes one ready frame to each socket whenever something is posted, and does nothing else.
// What a server does beside these writes is what it can be blamed for. Linux only (epoll).
//
// floor TEXT: prints {"port":N}, and sends TEXT. It knows the requests of this bench only, each in one read, and
// answers an upgrade without the hash that proves that it was understood.

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MAX_TEXT = 65535, MAX_VIEWERS = 65536, READ_BYTES = 65536, EVENTS = 512 };

static const char upgraded[] = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n";
static const char accepted[] = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
static unsigned char frame[MAX_TEXT + 4];
static size_t frame_bytes;
static int viewers[MAX_VIEWERS], count, epoll;

static void fail(const char *what) {
  fprintf(stderr, "floor: %s: %s\n", what, strerror(errno));
  exit(1);
}

static void make_frame(const char *text) {
  size_t length = strlen(text), head = length < 126 ? 2 : 4;
  if (length > MAX_TEXT) fail("a text too long");
  frame[0] = 0x81;
  frame[1] = length < 126 ? length : 126;
  if (head == 4) frame[2] = length >> 8, frame[3] = length & 255;
  memcpy(frame + head, text, length);
  frame_bytes = head + length;
}

static void leave(int fd) {
  for (int at = 0; at < count; at++) if (viewers[at] == fd) viewers[at] = viewers[--count];
  close(fd);
}

static void serve(int fd) {
  static char request[READ_BYTES];
  ssize_t length = recv(fd, request, sizeof request, 0);
  if (length <= 0) {
    leave(fd);
    return;
  }
  if (strncmp(request, "GET ", 4) == 0) {
    if (count == MAX_VIEWERS) fail("too many viewers");
    viewers[count++] = fd;
    send(fd, upgraded, sizeof upgraded - 1, MSG_NOSIGNAL);
  }
  if (strncmp(request, "POST ", 5) != 0) return;
  for (int at = 0; at < count; at++) send(viewers[at], frame, frame_bytes, MSG_NOSIGNAL);
  send(fd, accepted, sizeof accepted - 1, MSG_NOSIGNAL);
}

static void watch(int fd) {
  struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
  if (epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event) < 0) fail("epoll_ctl");
}

static int listening(void) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof address;
  if (bind(fd, (struct sockaddr *)&address, size) < 0 || listen(fd, 511) < 0) fail("listen");
  getsockname(fd, (struct sockaddr *)&address, &size);
  printf("{\"port\":%d}\n", ntohs(address.sin_port));
  fflush(stdout);
  return fd;
}

int main(int count_of_arguments, char **arguments) {
  if (count_of_arguments != 2) return 2;
  struct rlimit files;
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  make_frame(arguments[1]);
  epoll = epoll_create1(0);
  int door = listening(), on = 1;
  watch(door);
  for (;;) {
    struct epoll_event events[EVENTS];
    int ready = epoll_wait(epoll, events, EVENTS, -1);
    for (int at = 0; at < ready; at++) {
      if (events[at].data.fd != door) {
        serve(events[at].data.fd);
        continue;
      }
      int fd = accept(door, NULL, NULL);
      if (fd < 0) fail("accept");
      setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
      watch(fd);
    }
  }
}
