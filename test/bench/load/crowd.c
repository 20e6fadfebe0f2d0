// A crowd of viewers: opens many WebSockets to one server and counts what comes. It reads the heads of frames and no
// more, so that it costs less than any server that it loads. Linux only (epoll).
//
// crowd PORT VIEWERS REQUEST SETUP COUNTED PING PONG
//   REQUEST  the whole request for the upgrade
//   SETUP    what each viewer says then, a text frame for each line
//   COUNTED  how a frame begins that is counted
//   PING     how one begins that is answered by the text frame PONG
//
// It prints {"opened":VIEWERS} when all are in. Then it takes lines:
//   mark NS  from now on latencies are counted from this moment (CLOCK_MONOTONIC)
//   read     prints one line of JSON: what was counted since the last, and forgets it
// and ends with its input. Latencies and ages are histograms, [[tenths of a ms, how many], ...].

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

// As many of a frame's first bytes are looked at: the `time` of an update is among them.
enum { HEAD_BYTES = 160, FRAME_HEAD_BYTES = 10, READ_BYTES = 1 << 18, AT_ONCE = 64, EVENTS = 512 };
// Tenths of a ms, up to 60 s.
enum { BUCKETS = 600000 };

typedef struct {
  int fd;
  int is_open;
  int blank;                // how much of "\r\n\r\n" has come
  int head_bytes;           // of the frame that is coming
  uint64_t skip;            // bytes of it that nobody looks at
  int64_t shown_ms;         // the `time` of its last update, Unix ms
  unsigned char head[FRAME_HEAD_BYTES + HEAD_BYTES];
} viewer;

static viewer *viewers;
static int wanted, begun, opened, closed, epoll;
static struct sockaddr_in server;
static const char *request, *setup, *counted, *ping, *pong;
static uint64_t frames, bytes;
static int64_t mark_ns;
static uint32_t latency[BUCKETS], age[BUCKETS];
static unsigned char buffer[READ_BYTES];

static void fail(const char *what) {
  fprintf(stderr, "crowd: %s: %s\n", what, strerror(errno));
  exit(1);
}

static int64_t now_ns(clockid_t clock) {
  struct timespec time;
  clock_gettime(clock, &time);
  return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static void count(uint32_t *histogram, int64_t ns) {
  int64_t bucket = ns / 100000;
  histogram[bucket < 0 ? 0 : bucket >= BUCKETS ? BUCKETS - 1 : bucket]++;
}

static void write_all(int fd, const void *data, size_t length) {
  if (send(fd, data, length, MSG_NOSIGNAL) != (ssize_t)length) fail("send");
}

// A client masks its frames; a mask of zeros leaves the text as it is (RFC 6455, 5.3).
static void say(int fd, const char *text, size_t length) {
  unsigned char frame[65536 + 8] = {0x81};
  size_t head = length < 126 ? 2 : 4;
  if (length > 65535) fail("a text too long");
  frame[1] = 0x80 | (length < 126 ? length : 126);
  if (head == 4) frame[2] = length >> 8, frame[3] = length & 255;
  memset(frame + head, 0, 4);
  memcpy(frame + head + 4, text, length);
  write_all(fd, frame, head + 4 + length);
}

static void begin(void) {
  viewer *each = &viewers[begun++];
  each->fd = socket(AF_INET, SOCK_STREAM, 0);
  if (each->fd < 0) fail("socket");
  if (connect(each->fd, (struct sockaddr *)&server, sizeof server) < 0) fail("connect");
  int on = 1;
  setsockopt(each->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = each};
  if (epoll_ctl(epoll, EPOLL_CTL_ADD, each->fd, &event) < 0) fail("epoll_ctl");
  write_all(each->fd, request, strlen(request));
}

static void enter(viewer *each) {
  each->is_open = 1;
  for (const char *line = setup; *line != 0;) {
    size_t length = strcspn(line, "\n");
    say(each->fd, line, length);
    line += length + (line[length] == '\n');
  }
  if (++opened == wanted) printf("{\"opened\":%d}\n", opened);
  if (begun < wanted) begin();
}

static int starts_with(const unsigned char *text, size_t length, const char *start) {
  size_t wanted_bytes = strlen(start);
  return wanted_bytes > 0 && length >= wanted_bytes && memcmp(text, start, wanted_bytes) == 0;
}

// How old what was shown until now had become: its `time` was in the update before this one.
static void note_age(viewer *each, const unsigned char *text, size_t length) {
  static const char key[] = "\"time\":";
  const unsigned char *found = memmem(text, length, key, sizeof key - 1);
  if (found == NULL) return;
  if (each->shown_ms != 0) count(age, now_ns(CLOCK_REALTIME) - each->shown_ms * 1000000);
  each->shown_ms = strtoll((const char *)found + sizeof key - 1, NULL, 10);
}

static void take(viewer *each, const unsigned char *text, size_t length) {
  if (starts_with(text, length, ping)) say(each->fd, pong, strlen(pong));
  if (!starts_with(text, length, counted)) return;
  frames++;
  if (mark_ns != 0) count(latency, now_ns(CLOCK_MONOTONIC) - mark_ns);
  note_age(each, text, length);
}

// How many bytes of head a frame has, with what of its payload is looked at; 0 until that can be told.
static size_t head_length(const viewer *each, size_t *head, uint64_t *payload) {
  if (each->head_bytes < 2) return 0;
  uint64_t length = each->head[1] & 127;
  size_t more = length == 126 ? 2 : length == 127 ? 8 : 0;
  *head = 2 + more;
  if ((size_t)each->head_bytes < *head) return 0;
  if (more > 0) length = 0;
  for (size_t at = 0; at < more; at++) length = length << 8 | each->head[2 + at];
  *payload = length;
  return *head + (length < HEAD_BYTES ? length : HEAD_BYTES);
}

static size_t gather(viewer *each, const unsigned char *data, size_t length) {
  size_t head = 2, used = 0;
  uint64_t payload = 0;
  for (;;) {
    size_t whole = head_length(each, &head, &payload);
    if (whole > 0 && (size_t)each->head_bytes == whole) {
      take(each, each->head + head, whole - head);
      each->skip = payload - (whole - head);
      each->head_bytes = 0;
      return used;
    }
    size_t missing = (whole > 0 ? whole : each->head_bytes < 2 ? 2 : head) - each->head_bytes;
    size_t step = missing < length - used ? missing : length - used;
    if (step == 0) return used;
    memcpy(each->head + each->head_bytes, data + used, step);
    each->head_bytes += step;
    used += step;
  }
}

static void read_frames(viewer *each, const unsigned char *data, size_t length) {
  while (length > 0) {
    size_t used = each->skip < length ? each->skip : length;
    each->skip -= used;
    if (used == 0) used = gather(each, data, length);
    data += used;
    length -= used;
  }
}

static size_t read_answer(viewer *each, const unsigned char *data, size_t length) {
  static const char end[] = "\r\n\r\n";
  if (each->blank == 0 && memmem(data, length, " 101 ", 5) == NULL) {
    fprintf(stderr, "crowd: was refused: %.*s\n", (int)length, data);
    exit(1);
  }
  for (size_t at = 0; at < length; at++) {
    each->blank = data[at] == end[each->blank] ? each->blank + 1 : data[at] == '\r';
    if (each->blank < 4) continue;
    enter(each);
    return at + 1;
  }
  return length;
}

static void receive(viewer *each) {
  ssize_t length = recv(each->fd, buffer, sizeof buffer, MSG_DONTWAIT);
  if (length < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (length <= 0) {
    closed++;
    close(each->fd);
    return;
  }
  bytes += length;
  size_t used = each->is_open ? 0 : read_answer(each, buffer, length);
  read_frames(each, buffer + used, length - used);
}

static void print_histogram(const char *name, uint32_t *histogram) {
  printf(",\"%s\":[", name);
  for (int bucket = 0, first = 1; bucket < BUCKETS; bucket++) {
    if (histogram[bucket] == 0) continue;
    printf(first ? "[%d,%u]" : ",[%d,%u]", bucket, histogram[bucket]);
    first = 0;
  }
  printf("]");
  memset(histogram, 0, BUCKETS * sizeof *histogram);
}

static void obey(void) {
  static char line[64];
  if (fgets(line, sizeof line, stdin) == NULL) exit(0);
  if (strncmp(line, "mark ", 5) == 0) mark_ns = strtoll(line + 5, NULL, 10);
  if (strcmp(line, "read\n") != 0) return;
  printf("{\"frames\":%lu,\"bytes\":%lu,\"closed\":%d", frames, bytes, closed);
  print_histogram("latency", latency);
  print_histogram("age", age);
  printf("}\n");
  frames = bytes = 0;
  // How old a number became while nobody posted says nothing.
  for (int at = 0; at < wanted; at++) viewers[at].shown_ms = 0;
}

int main(int count_of_arguments, char **arguments) {
  if (count_of_arguments != 8) return 2;
  struct rlimit files;
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  server = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons(atoi(arguments[1]))};
  server.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  wanted = atoi(arguments[2]);
  request = arguments[3], setup = arguments[4], counted = arguments[5], ping = arguments[6], pong = arguments[7];
  viewers = calloc(wanted, sizeof *viewers);
  // Lines are obeyed one by one: what stdio held back would not wake epoll.
  setvbuf(stdin, NULL, _IONBF, 0);
  setvbuf(stdout, NULL, _IOLBF, 0);
  epoll = epoll_create1(0);
  struct epoll_event input = {.events = EPOLLIN, .data.ptr = NULL};
  if (epoll_ctl(epoll, EPOLL_CTL_ADD, STDIN_FILENO, &input) < 0) fail("epoll_ctl");
  while (begun < wanted && begun < AT_ONCE) begin();
  for (;;) {
    struct epoll_event events[EVENTS];
    int ready = epoll_wait(epoll, events, EVENTS, -1);
    for (int at = 0; at < ready; at++) if (events[at].data.ptr == NULL) obey();
    for (int at = 0; at < ready; at++) if (events[at].data.ptr != NULL) receive(events[at].data.ptr);
  }
}
