// What publish.c and listen.c share: the hello and its answer, and a new connection when one breaks.
#ifndef LINECAST_H
#define LINECAST_H
#include "buffer.h"
#include <limits.h>
#include <netdb.h>
#include <stdarg.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>

#define DIGITS "0123456789"

enum { SHORT = 512, RANDOM_NAME = 17, ATTEMPTS = 10 };

typedef struct {
  int socket;
  long long silenceSeconds;     // of the server's, after which it must be gone; 0: none
  long long next, oldest, last; // these and the epoch: as in the answer to the hello
  char epoch[64];
  Buffer in, out;
} Connection;

static inline const char *randomName(char *name) {
  unsigned random[2];
  if (getentropy(random, sizeof random)) die("no random numbers: ", strerror(errno));
  snprintf(name, RANDOM_NAME, "%08x%08x", random[0], random[1]);
  return name;
}

// Says something short; it waits in `out` until it is sent.
static inline void say(Connection *c, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  int length = vsnprintf(makeRoom(&c->out, SHORT), SHORT, format, arguments);
  va_end(arguments);
  if (length < 0 || length >= SHORT) die("too long: ", format);
  c->out.end += length;
}

// Sends what waits: all of it, or with MSG_DONTWAIT as much as the socket takes at once. False if the connection is broken.
static inline int sendOut(Connection *c, int flags) {
  while (c->out.start < c->out.end) {
    ssize_t count = send(c->socket, c->out.bytes + c->out.start, c->out.end - c->out.start, flags | MSG_NOSIGNAL);
    if (count < 0 && errno == EAGAIN && flags) return 1;
    if (count < 0) return problem = strerror(errno), 0;
    c->out.start += count;
  }
  return 1;
}

// The server has ended it: for now, if another attempt may not meet the same reason, or for good.
static inline int ended(const char *reason) {
  if (strncmp(reason, "idle", 4) && strncmp(reason, "overload", 8) && strncmp(reason, "shutting-down", 13)) {
    die("the server says: ", reason);
  }
  return problem = reason, 0;
}

// Deals with what means the same to both programs. False if the server has ended the connection.
static inline int react(Connection *c, const char *line, size_t length) {
  if (!strncmp(line, "PING", 4)) {
    append(&c->out, "PONG", 4);
    append(&c->out, line + 4, length - 4);
    append(&c->out, "\n", 1);
  }
  return strncmp(line, "BYE ", 4) ? 1 : ended(line + 4);
}

static inline void giveUpAfter(int socket, long long seconds) { // 0: never
  struct timeval time = {.tv_sec = seconds};
  setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &time, sizeof time);
  setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &time, sizeof time);
}

static inline int dial(const char *host, const char *port) {
  struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *all;
  int connected = -1, error = getaddrinfo(host, port, &hints, &all);
  if (error) return problem = gai_strerror(error), -1;
  for (struct addrinfo *a = all; a && connected < 0; a = a->ai_next) {
    connected = socket(a->ai_family, a->ai_socktype, 0);
    giveUpAfter(connected, 10);
    if (connect(connected, a->ai_addr, a->ai_addrlen)) problem = strerror(errno), close(connected), connected = -1;
  }
  freeaddrinfo(all);
  return connected;
}

// A number that the server says, which ends at a blank or with the line. Half of what the protocol allows is enough for
// anybody who counts, and leaves us room to count on.
static inline long long number(const char *text) {
  size_t digits = strspn(text, DIGITS);
  long long value = strtoll(text, NULL, 10);
  if (!digits || !strchr(" ", text[digits]) || value > LLONG_MAX / 2) die("where a number is to be, the server says: ", text);
  return value;
}

// The value in a line such as "… name=value …", or if there is none, what it is otherwise.
static inline const char *parameter(const char *line, const char *name, const char *otherwise) {
  const char *at = strstr(line, name);
  return at ? at + strlen(name) : otherwise;
}

// Makes the connection an acknowledged one; false if it breaks.
static inline int greet(Connection *c, void (*parameters)(Connection *)) {
  char nonce[RANDOM_NAME], expected[40], *line;
  size_t length = sprintf(expected, "LINECAST/1 %s ", randomName(nonce)), lineLength;
  say(c, "%s", expected), parameters(c), say(c, "\n");
  if (!sendOut(c, 0)) return 0;
  time_t begun = time(NULL);
  // Other lines are other people's: until the server has read the hello we are a plain client. None of them can look
  // like the answer, because nobody else knows the nonce.
  while (!(line = nextLine(&c->in, &lineLength)) || strncmp(line, expected, length)) {
    if (time(NULL) - begun > 10) return problem = "no answer to the hello", 0;
    if (!line && take(&c->in, c->socket) <= 0) return 0;
  }
  const char *verdict = line + length;
  if (strncmp(verdict, "ok", 2)) return ended(strncmp(verdict, "no ", 3) ? verdict : verdict + 3);
  c->next = number(parameter(line, " next=", ""));
  c->oldest = number(parameter(line, " oldest=", ""));
  c->last = number(parameter(line, " last=", "0")); // only a publisher has one
  sscanf(parameter(line, " epoch=", ""), "%63s", c->epoch);
  c->silenceSeconds = 2 * number(parameter(line, " heartbeat=", "")); // the server breaks a silence after one heartbeat
  giveUpAfter(c->socket, c->silenceSeconds);
  return 1;
}

// Runs talk() to its end, over a new connection whenever it returns false because one is broken. Before each, hello()
// says the parameters of the hello.
static inline void keepConnected(const char *host, const char *port, void (*hello)(Connection *),
                                 int (*talk)(Connection *)) {
  for (int failures = 0, met = 0, done = 0; !done; failures++) {
    Connection c = {.socket = dial(host, port)};
    if (c.socket >= 0 && greet(&c, hello)) failures = 0, met = 1, done = talk(&c);
    // What never worked is more likely a mistake than an outage.
    if (!met || failures == ATTEMPTS) fprintf(stderr, "cannot talk to %s:%s", host, port), die(": ", problem);
    if (!done) fprintf(stderr, "connecting again: %s\n", problem);
    if (c.socket >= 0) close(c.socket);
    free(c.in.bytes), free(c.out.bytes);
    if (!done) usleep(failures < 6 ? 100000 << failures : 5000000);
  }
}

// Ends in an orderly way. Everything has been dealt with, so that whatever goes wrong now costs nothing.
static inline void leave(Connection *c) {
  giveUpAfter(c->socket, 10);
  say(c, "QUIT\n");
  if (sendOut(c, 0)) while (take(&c->in, c->socket) > 0) c->in.start = c->in.end; // up to the BYE and the end
}
#endif
