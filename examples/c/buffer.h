// Bytes on their way, and the lines in them.
#ifndef BUFFER_H
#define BUFFER_H
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CHUNK = 64 << 10 };

typedef struct { // bytes[start] up to bytes[end] wait to be used
  char *bytes;
  size_t start, end, room;
} Buffer;

static const char *problem = "closed by the server"; // why the connection is broken

static inline void die(const char *what, const char *why) {
  fprintf(stderr, "%s%s\n", what, why);
  exit(1);
}

static inline char *makeRoom(Buffer *b, size_t bytes) {
  if (b->room - b->end < bytes) {
    if (b->start > 0) memmove(b->bytes, b->bytes + b->start, b->end - b->start);
    b->end -= b->start, b->start = 0;
    if (b->room - b->end < bytes && !(b->bytes = realloc(b->bytes, b->room = 2 * (b->end + bytes)))) die("no memory", "");
  }
  return b->bytes + b->end;
}

static inline void append(Buffer *b, const void *bytes, size_t length) {
  memcpy(makeRoom(b, length), bytes, length);
  b->end += length;
}

// Takes in what there is, up to a chunk. As read(2): 0 at the end, negative for an error.
static inline ssize_t take(Buffer *b, int file) {
  char *to = makeRoom(b, CHUNK);
  ssize_t count = read(file, to, CHUNK);
  if (count > 0) b->end += count;
  if (count == 0) problem = "closed by the server";
  if (count < 0) problem = errno == EAGAIN ? "the server is silent" : strerror(errno);
  return count;
}

// The next whole line, or NULL if there is none yet; valid until more is taken. The 0 in place of its LF is there so
// that it can be scanned; a line may hold zeros of its own, so that only its length tells where it ends.
static inline char *nextLine(Buffer *b, size_t *length) {
  char *line = b->bytes + b->start, *end = b->start < b->end ? memchr(line, '\n', b->end - b->start) : NULL;
  if (!end) return NULL;
  *end = 0;
  *length = end - line;
  b->start += *length + 1;
  return line;
}
#endif
