// Writes the lines of a channel to its output, byte for byte.
//
//   listen HOST PORT [--count N]
//
// A connection that breaks is made anew and goes on where the last one ended: each line comes once. Lines that will
// never come are told of on the error output. After N lines it leaves in an orderly way; 0: never.
#include "linecast.h"
#include <signal.h>

static long long left = -1; // lines still to come; negative: no end
static char epoch[64];      // names the numbering that `next` is of: a server that starts anew begins a new one
static long long next;      // the number of the first line that we have not dealt with

static void hello(Connection *c) {
  if (*epoch) say(c, "from=%lld epoch=%s", next, epoch);
  else say(c, "from=new");
}

// Ends the program if its output could not be written. A broken pipe: whoever read it (such as head) has had enough.
static void check(int written) {
  if (!written && errno == EPIPE) exit(0);
  if (!written) die("cannot write: ", strerror(errno));
}

static void hearLine(const char *line, size_t length) { // LINE <number> <text>
  const char *text = line + strlen("LINE ");
  next = number(text) + 1;
  text += strspn(text, DIGITS);
  if (*text == ' ') text++;
  size_t bytes = length - (text - line);
  check(fwrite(text, 1, bytes, stdout) == bytes && putchar('\n') != EOF);
  if (left > 0) left--;
}

static void hearGap(const Connection *c, const char *gap) { // GAP <first> <last> <reason>
  char first[20] = "", last[20] = "", reason[16] = "";
  sscanf(gap, "GAP %19s %19s %15s", first, last, reason);
  fprintf(stderr, "gap: lines %s to %s will not come: %s\n", first, last, reason);
  if (!strcmp(reason, "epoch")) { // the server has begun a new numbering, and sends what it has of that
    strcpy(epoch, c->epoch);
    next = c->oldest;
  } else {
    next = number(last) + 1;
  }
}

static int hear(Connection *c) {
  if (!*epoch) {
    strcpy(epoch, c->epoch);
    next = c->next;
    fprintf(stderr, "listening from line %lld on\n", next);
  }
  long long done = next;
  for (int connected = 1; left != 0;) {
    char *line;
    size_t length;
    // The beginning of a line waits for its end. If the connection breaks first, it is dropped: the next connection
    // brings the line again, from its beginning.
    while (left != 0 && connected && (line = nextLine(&c->in, &length))) {
      if (!strncmp(line, "LINE ", 5)) hearLine(line, length);
      else if (!strncmp(line, "GAP ", 4)) hearGap(c, line);
      else connected = react(c, line, length);
    }
    check(!fflush(stdout));
    // Only now: DONE says that a line is dealt with, not that it has arrived. It is for all lines up to its number, so
    // that one for all that came together is enough.
    if (next != done && next > 1) say(c, "DONE %lld\n", next - 1);
    done = next;
    if (!connected || !sendOut(c, 0) || (left != 0 && take(&c->in, c->socket) <= 0)) return left == 0;
  }
  leave(c);
  return 1;
}

int main(int count, char **arguments) {
  const char *lines = count == 5 && !strcmp(arguments[3], "--count") ? arguments[4] : count == 3 ? "0" : "";
  if (!*lines || lines[strspn(lines, DIGITS)]) return fputs("usage: listen HOST PORT [--count N]\n", stderr), 2;
  if (atoll(lines) > 0) left = atoll(lines);
  signal(SIGPIPE, SIG_IGN); // a write is to fail
  keepConnected(arguments[1], arguments[2], hello, hear);
}
