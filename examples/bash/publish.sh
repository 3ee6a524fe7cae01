#!/usr/bin/env bash
# Publishes the lines of its input, and waits until each is acknowledged.
#
#   publish.sh HOST PORT [PUBLISHER]
#
# Exit code 0 means that the server has acknowledged every line. A connection that breaks is made anew, and what was
# unanswered is sent again under its old numbers: nothing is lost, and nothing is doubled. Bash cannot hold a NUL and drops
# it; every other byte is sent as it is.
set -u
. "$(dirname "${BASH_SOURCE[0]}")/linecast.sh"

WINDOW=100         # lines unanswered at most. The server can repeat its last 10,000 answers, and no older one.
WINDOW_BYTES=65536 # and no further line beyond so many bytes: Bash cannot give up a write that a silent server does not take

if (($# < 2 || $# > 3)); then die 'usage: publish.sh HOST PORT [PUBLISHER]' 2; fi
publisher=${3:-$(printf '%08x%08x' "$SRANDOM" "$SRANDOM")}
epoch=''   # of the server's numbering; empty until it has answered once
lines=()   # line n, while it is unanswered, is lines[n]
oldest=1   # number of the oldest line unanswered; one more than `newest` if there is none
newest=0   # number of the line sent last
bytes=0    # of the lines unanswered
highest=0  # of the numbers acknowledged
acknowledged=0 refused=0 connections=0
input_ended=''

hello() { echo "listen=no publisher=$publisher"; }

talk() {
  take_answer
  local n part='' piece='' status heard=$SECONDS
  for ((n = oldest; n <= newest; n++)); do send_line "$n" || return; done # repeats come first: numbers rise
  until [[ $input_ended ]] && ((oldest > newest)); do
    # Bash cannot wait for two things. It takes input while there is some and the window has room, and then waits for the
    # server, a moment at a time.
    if [[ ! $input_ended ]] && ((newest - oldest + 1 < WINDOW && bytes < WINDOW_BYTES)) && read -r -t 0; then
      read_line || return
      continue
    fi
    IFS= read -r -t 0.1 -u 3 piece
    status=$?
    part+=$piece
    if ((status == 0)); then
      react "$part" || return
      part='' heard=$SECONDS
    elif ((status <= 128 || SECONDS - heard > patience)); then # above 128: the moment is over
      return 1
    fi
  done
  leave
}

take_answer() {
  local last now ours=$newest # the highest number that can be our own
  number last "$(parameter last)"
  now=$(parameter epoch)
  connections=$((connections + 1))
  if [[ ! $epoch ]]; then
    newest=$last oldest=$((last + 1)) # numbers rise: a lower one would be taken for a repeat
  else
    if [[ $now != "$epoch" ]]; then ours=$((oldest - 1)); fi
    # What we sent again would be taken for a repeat of what somebody else has sent.
    if ((last > ours)); then die 'somebody else has published under this name'; fi
    if ((oldest <= newest)) && [[ $now != "$epoch" || $last -lt $highest ]]; then
      echo "the server has lost its memory: $((newest - oldest + 1)) lines may be heard twice" >&2
    fi
  fi
  epoch=$now
}

read_line() {
  local line # at the end of the input, `read` sets it all the same; where it cannot read, it does not
  IFS= read -r line || input_ended=yes
  if ! [[ -v line ]]; then die 'cannot read the input'; fi
  if [[ $input_ended && ! $line ]]; then return; fi # but a last line without its LF is one
  newest=$((newest + 1)) bytes=$((bytes + ${#line}))
  lines[newest]=$line
  send_line "$newest"
}

send_line() { say "SEND $1 ${lines[$1]}"; } # NUMBER

# Deals with a line of the server's; fails if that has ended the connection.
react() {
  local rest=${1#* } answered
  case $1 in
    'SENT '* | 'FAIL '*)
      number answered "${rest%% *}"
      # They come in the order of the lines.
      if ((answered != oldest || oldest > newest)); then die "an answer out of order: $1"; fi
      if [[ $1 == SENT* ]]; then
        acknowledged=$((acknowledged + 1)) highest=$oldest
      else
        refused=$((refused + 1))
        echo "line $((acknowledged + refused)) is refused: ${rest#* }" >&2
      fi
      bytes=$((bytes - ${#lines[oldest]}))
      unset "lines[oldest]"
      oldest=$((oldest + 1))
      ;;
    PING*) say "PONG${1#PING}" ;;
    BYE*) ended "$rest" ;;
  esac
}

summarize() {
  echo "acknowledged $acknowledged, refused $refused, unanswered $((newest - oldest + 1)), connections $connections" >&2
}

trap summarize EXIT
keep_connected "$1" "$2"
exit $((refused > 0))
