// Publishes the lines of its input, and waits until each is acknowledged.
//
//   publish HOST PORT [PUBLISHER]
//
// Exit code 0 means that the server has acknowledged every line. A connection that breaks is made anew, and what was
// unanswered is sent again under its old numbers: nothing is lost, and nothing is doubled.
#include "linecast.h"
#include <poll.h>

enum { WINDOW = 1000 }; // lines unanswered at most. The server can repeat its last 10,000 answers, and no older one.

static struct {
  char *text;
  size_t length;
} lines[WINDOW];            // line n, while it is unanswered, is at n % WINDOW
static long long oldest;    // number of the oldest line unanswered; one more than `newest` if there is none
static long long newest;    // number of the line sent last
static char epoch[64];      // of the server's numbering; empty until it has answered once
static const char *publisher;
static Buffer input;
static int inputEnded, connections;
static long long acknowledged, refused, highest; // highest: of the numbers acknowledged

static void hello(Connection *c) { say(c, "listen=no publisher=%s", publisher); }

static int room(void) { return newest - oldest + 1 < WINDOW; }

static void sendLine(Connection *c, long long number) {
  say(c, "SEND %lld ", number);
  append(&c->out, lines[number % WINDOW].text, lines[number % WINDOW].length);
  append(&c->out, "\n", 1);
}

static void takeAnswer(const Connection *c) {
  connections++;
  if (!*epoch) {
    newest = c->last, oldest = newest + 1; // numbers rise: a lower one would be taken for a repeat
  } else {
    int same = !strcmp(epoch, c->epoch);
    long long ours = same ? newest : oldest - 1; // the highest number that can be our own
    // What we sent again would be taken for a repeat of what somebody else has sent.
    if (c->last > ours) die("somebody else has published under this name", "");
    if (oldest <= newest && (!same || c->last < highest)) {
      fprintf(stderr, "the server has lost its memory: %lld lines may be heard twice\n", newest - oldest + 1);
    }
  }
  strcpy(epoch, c->epoch);
}

// Sends of the lines read as many as the window has room for; false if none is left and it could take more.
static int sendLines(Connection *c) {
  char *line;
  size_t length;
  while (room() && (line = nextLine(&input, &length))) {
    newest++;
    lines[newest % WINDOW].text = memcpy(malloc(length + 1), line, length);
    lines[newest % WINDOW].length = length;
    sendLine(c, newest);
  }
  return !room();
}

static void readInput(void) {
  ssize_t count = take(&input, STDIN_FILENO);
  if (count > 0 || (count < 0 && (errno == EAGAIN || errno == EINTR))) return; // or somebody else has taken what there was
  if (count < 0) die("cannot read the input: ", strerror(errno));
  inputEnded = 1;
  if (input.start < input.end) append(&input, "\n", 1); // a last line without its LF
}

static void settle(const char *line) { // SENT <number> … or FAIL <number> …
  const char *answered = line + 5;
  if (number(answered) != oldest || oldest > newest) die("an answer out of order: ", line);
  free(lines[oldest % WINDOW].text);
  if (*line == 'S') acknowledged++, highest = oldest;
  else fprintf(stderr, "line %lld is refused:%s\n", acknowledged + ++refused, answered + strspn(answered, DIGITS));
  oldest++;
}

static int publish(Connection *c) {
  takeAnswer(c);
  for (long long n = oldest; n <= newest; n++) sendLine(c, n); // repeats come first: numbers rise
  time_t heard = time(NULL);
  for (;;) {
    char *line;
    size_t length;
    while ((line = nextLine(&c->in, &length))) {
      if (!strncmp(line, "SENT ", 5) || !strncmp(line, "FAIL ", 5)) settle(line);
      else if (!react(c, line, length)) return 0;
    }
    int full = sendLines(c);
    if (inputEnded && !full && oldest > newest) return leave(c), 1;
    // Whoever waits for one thing at a time comes to a stop: the server does not read from a client that lets its
    // answers lie, and it asks a silent one for a sign of life while that waits for input.
    if (!sendOut(c, MSG_DONTWAIT)) return 0;
    struct pollfd ready[] = {{.fd = c->socket, .events = POLLIN | (c->out.start < c->out.end ? POLLOUT : 0)},
                             {.fd = full || inputEnded ? -1 : STDIN_FILENO, .events = POLLIN}};
    poll(ready, 2, 1000);
    if (ready[1].revents) readInput();
    if (ready[0].revents & ~POLLOUT) {
      if (take(&c->in, c->socket) <= 0) return 0;
      heard = time(NULL);
    } else if (c->silenceSeconds && time(NULL) - heard > c->silenceSeconds) {
      return problem = "the server is silent", 0;
    }
  }
}

static void summarize(void) {
  long long unanswered = newest - oldest + 1;
  fprintf(stderr, "acknowledged %lld, refused %lld, unanswered %lld, connections %d\n", acknowledged, refused,
          *epoch ? unanswered : 0, connections);
}

int main(int count, char **arguments) {
  if (count != 3 && count != 4) return fputs("usage: publish HOST PORT [PUBLISHER]\n", stderr), 2;
  char name[RANDOM_NAME];
  publisher = count == 4 ? arguments[3] : randomName(name);
  atexit(summarize);
  keepConnected(arguments[1], arguments[2], hello, publish);
  return refused > 0;
}
