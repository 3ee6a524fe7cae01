// The limit: what the kernel allows a line broadcaster on one thread. No error is told, no slow client is dropped, no
// memory is bounded but the feed's: it is here to be measured, not used. Lines are appended once to a feed, a sparse
// anonymous file mapped as a whole; each client is sent [its position, head) without its own lines, all in turn.
//
//   limit PORT sendfile    ranges of 16 KiB or more by sendfile(2), shorter ones by send(2)
//   limit PORT writev      always copied, one call (sendmsg, for its flags) around an own line
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/sendfile.h>
#include <unistd.h>

enum {
  READ_MAX = 64 << 10, EVENTS_MAX = 256, VISITS = 256, STEP = 8 << 20, VISIT = 256 << 10,
  SENDFILE_FROM = 16 << 10, KEPT = 64 << 20, PUNCH = 4 << 20, CLIENTS_MAX = 20000
};
static const int64_t FEED_BYTES = 1LL << 40;
typedef struct { int64_t start, end; } Range;
typedef struct {
  int fd, place, full;       // full: the socket has said EAGAIN and not EPOLLOUT since
  int64_t position;
  Range *own;                // own lines ahead, in order
  int ownFirst, ownEnd, ownRoom, partBytes;
  char *part;                // the beginning of a line whose end has not come yet
} Client;

static Client *clients[CLIENTS_MAX];
static int count, next, file, poller, useSendfile;
static int64_t head, punched; // punched: given back to the system below here
static char *feed;

static void append(Client *c, const char *bytes, int length) {
  memcpy(feed + head, bytes, length);
  if (c->ownEnd > c->ownFirst && c->own[c->ownEnd - 1].end == head) {
    c->own[c->ownEnd - 1].end += length;
  } else {
    if (c->ownFirst == c->ownEnd) c->ownFirst = c->ownEnd = 0; // none ahead: begin anew
    if (c->ownEnd == c->ownRoom) c->own = realloc(c->own, sizeof(Range) * (c->ownRoom += 2 + c->ownRoom));
    c->own[c->ownEnd++] = (Range){head, head + length};
  }
  head += length;
}

static void leave(Client *c) {
  (clients[c->place] = clients[--count])->place = c->place;
  close(c->fd), free(c->own), free(c->part), free(c);
}

// Edge-triggered: a short read means that the next bytes make a new edge. False: the client is gone.
static int take(Client *c) {
  static char buffer[2 * READ_MAX];
  for (;;) {
    ssize_t n = recv(c->fd, (char *)memcpy(buffer, c->part, c->partBytes) + c->partBytes, READ_MAX, MSG_DONTWAIT);
    if (n == 0 || (n < 0 && errno != EAGAIN)) return 0;
    if (n < 0) return 1;
    int all = c->partBytes + (int)n;
    char *last = memrchr(buffer, '\n', all);
    int whole = last ? (int)(last - buffer) + 1 : 0;
    if (whole) append(c, buffer, whole);
    if (all - whole > READ_MAX) return 0; // a line this long is no line
    if (all - whole > 0 && !c->part) c->part = malloc(READ_MAX);
    memmove(c->part ? c->part : buffer, buffer + whole, c->partBytes = all - whole);
    if (n < READ_MAX) return 1;
  }
}

// Sends up to the next own line; writev goes on behind it, up to the one after that.
static void sendStretch(Client *c) {
  Range *own = c->ownFirst < c->ownEnd ? c->own + c->ownFirst : 0;
  int64_t end = own ? own->start : head, length = end - c->position, wanted = length;
  ssize_t n;
  if (useSendfile) {
    off_t offset = c->position;
    wanted = length = length < VISIT ? length : VISIT;
    n = length >= SENDFILE_FROM ? sendfile(c->fd, file, &offset, length)
                                : send(c->fd, feed + offset, length, MSG_DONTWAIT | MSG_NOSIGNAL);
  } else {
    int64_t behind = own ? (c->ownFirst + 1 < c->ownEnd ? own[1].start : head) - own->end : 0;
    struct iovec parts[2] = {{feed + c->position, length}, {own ? feed + own->end : 0, behind}};
    wanted += behind;
    n = sendmsg(c->fd, &(struct msghdr){.msg_iov = parts, .msg_iovlen = 1 + !!own}, MSG_DONTWAIT | MSG_NOSIGNAL);
  }
  c->full = n < wanted; // also when it is gone: epoll will say so
  if (n > length) c->position = own->end + n - length, c->ownFirst++;
  else if (n > 0) c->position += n;
}

static int64_t visit(Client *c) {
  int64_t before = c->position;
  while (!c->full && c->position < head && c->position - before < VISIT) {
    if (c->ownFirst < c->ownEnd && c->own[c->ownFirst].start == c->position) c->position = c->own[c->ownFirst++].end;
    else sendStretch(c);
  }
  return c->position - before;
}

static void enter(int fd) {
  int one = 1, room = 128 << 10;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &room, sizeof room);
  Client *c = malloc(sizeof *c);
  *c = (Client){.fd = fd, .place = count, .position = head};
  clients[count++] = c;
  epoll_ctl(poller, EPOLL_CTL_ADD, fd, &(struct epoll_event){EPOLLIN | EPOLLOUT | EPOLLET, {c}});
}

int main(int argc, char **argv) {
  if (argc < 3) return fprintf(stderr, "usage: limit PORT sendfile|writev\n"), 2;
  useSendfile = !strcmp(argv[2], "sendfile");
  signal(SIGPIPE, SIG_IGN);
  setrlimit(RLIMIT_NOFILE, &(struct rlimit){CLIENTS_MAX, CLIENTS_MAX});
  file = memfd_create("feed", 0);
  feed = ftruncate(file, FEED_BYTES) ? 0 : mmap(0, FEED_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_NORESERVE, file, 0);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[1])), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  int one = 1, listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  if (setsockopt(listener, IPPROTO_TCP, TCP_CONGESTION, "cubic", 5)) setsockopt(listener, IPPROTO_TCP, TCP_CONGESTION, "reno", 4);
  if (bind(listener, (void *)&address, sizeof address) || listen(listener, 4096)) return perror("limit"), 1;
  poller = epoll_create1(0);
  epoll_ctl(poller, EPOLL_CTL_ADD, listener, &(struct epoll_event){.events = EPOLLIN});
  struct epoll_event events[EVENTS_MAX];
  int64_t seen = 0;          // the head when the visits still to be made were counted
  for (int remaining = 0;;) {
    int ready = epoll_wait(poller, events, EVENTS_MAX, remaining > 0 ? 0 : -1);
    for (int i = 0; i < ready; i++) {
      Client *c = events[i].data.ptr;
      for (int fd; !c && count < CLIENTS_MAX - 8 && (fd = accept4(listener, 0, 0, SOCK_NONBLOCK)) >= 0;) enter(fd);
      if (c && (events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) && !take(c)) leave(c), c = 0;
      if (c && (events[i].events & EPOLLOUT) && c->full) c->full = 0, remaining += !remaining, visit(c);
    }
    for (int64_t bytes = 0, visits = 0; visits < VISITS && bytes < STEP; visits++) {
      if (head != seen) seen = head, remaining = count;
      if (remaining <= 0 || !count) break;
      next = next + 1 < count ? next + 1 : 0, remaining--;
      bytes += visit(clients[next]);
      if (!clients[next]->full && clients[next]->position < head) remaining = count;
    }
    for (; punched + KEPT + PUNCH < head; punched += PUNCH)
      fallocate(file, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, punched, PUNCH);
  }
}
