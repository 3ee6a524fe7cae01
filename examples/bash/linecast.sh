# What publish.sh and listen.sh share: the hello and its answer, and a new connection when one breaks. Descriptor 3 is the
# connection. Bash reads a socket byte by byte: this is for shell scripts that have something to say, not for speed.
# shellcheck shell=bash disable=SC2154
export LC_ALL=C # a character is a byte, whichever
trap '' PIPE    # a write to a broken connection is to fail, not to end us

# Runs `talk` to its end, over a new connection whenever it fails because one is broken. Before each, `hello` prints the
# parameters for the hello.
keep_connected() { # HOST PORT
  local failures=0 met=''
  while :; do
    if exec 3<>"/dev/tcp/$1/$2" && greet; then
      failures=0 met=yes
      talk && return
    fi
    # What never worked is more likely a mistake than an outage.
    if [[ ! $met ]] || ((failures == 10)); then die "cannot talk to $1:$2"; fi
    echo 'connecting again' >&2
    sleep $((failures++))
  done
}

# Makes the connection an acknowledged one; fails if it breaks.
greet() {
  local nonce begun=$SECONDS
  nonce=$(printf '%08x%08x' "$SRANDOM" "$SRANDOM")
  say "LINECAST/1 $nonce $(hello)" || return
  # Other lines are other people's: until the server has read the hello we are a plain client. None of them can look like
  # the answer, because nobody else knows the nonce.
  answer=''
  until [[ $answer == "LINECAST/1 $nonce "* ]]; do
    if ((SECONDS - begun > 10)); then return 1; fi
    IFS= read -r -t 10 -u 3 answer || return
  done
  if [[ $answer != *" $nonce ok "* ]]; then ended "${answer#*" no "}" || return; fi
  # After so many seconds of silence the server must be gone, for it breaks a silence after one heartbeat. 0: never.
  number patience "$(parameter heartbeat)"
  if ((patience == 0 || patience > 1000000)); then patience=1000000; fi
  patience=$((2 * patience))
}

# The value of a parameter of the answer.
parameter() { # NAME
  [[ "$answer " =~ " $1="([^ ]+)" " ]] && echo "${BASH_REMATCH[1]}"
}

# Sets a variable to a number that the server has said. Nothing of the server's goes into an arithmetic expression but through
# here: Bash would run commands that stand there. Nor is 010 to be octal.
number() { # VARIABLE TEXT
  if [[ ! $2 || $2 == *[!0-9]* || ${#2} -gt 19 ]] || ((10#$2 < 0)); then die "the server says ${2@Q} where a number is to be"; fi
  printf -v "$1" %d "$((10#$2))"
}

# The server has ended it: for now, if another attempt may not meet the same reason, or for good.
ended() { # REASON
  case $1 in
    idle* | overload* | shutting-down*) return 1 ;;
    *) die "the server says: $1" ;;
  esac
}

# Sends a line; fails if the connection is broken.
say() { # TEXT
  printf '%s\n' "$1" 2>/dev/null >&3
}

# Ends in an orderly way. Everything has been dealt with, so that whatever goes wrong now costs nothing.
leave() {
  say QUIT
  while read -r -t 10 -u 3; do :; done # up to the BYE and the end
}

die() {
  echo "$1" >&2
  exit "${2:-1}"
}
