#!/usr/bin/env bash
# Writes the lines of a channel to its output.
#
#   listen.sh HOST PORT [--count N]
#
# A connection that breaks is made anew and goes on where the last one ended: each line comes once. Lines that will never
# come are told of on the error output. Bash cannot hold a NUL and drops it; every other byte comes as it was sent.
set -u
. "$(dirname "${BASH_SOURCE[0]}")/linecast.sh"

if (($# != 2)) && [[ $# != 4 || $3 != --count ]]; then die 'usage: listen.sh HOST PORT [--count N]' 2; fi
left=${4:--1} # lines still to come; negative: no end
epoch=''      # names the numbering that `next` is of: a server that starts anew begins a new one
next=0        # the number of the first line that we have not dealt with

hello() {
  if [[ $epoch ]]; then echo "from=$next epoch=$epoch"; else echo from=new; fi
}

talk() {
  if [[ ! $epoch ]]; then
    epoch=$(parameter epoch) next=$(parameter next)
    echo "listening from line $next on" >&2
  fi
  local line rest said=$next
  while ((left != 0)); do
    # A line without its end is dropped, because `read` fails: the next connection brings it again, from its beginning.
    IFS= read -r -t "$patience" -u 3 line || return
    rest=${line#* }
    case $line in
      'LINE '*)
        printf '%s\n' "${rest#* }" || exit 1
        next=$((${rest%% *} + 1)) left=$((left - 1))
        ;;
      'GAP '*) hear_gap "$rest" ;;
      'PING'*) say "PONG${line#PING}" || return ;;
      'BYE '*) ended "$rest" || return ;;
    esac
    # DONE says that a line is dealt with. It is for all lines up to its number: one will do for all that are here by now.
    if ((next != said && next > 1)) && { ((left == 0)) || ! read -r -t 0 -u 3; }; then
      say "DONE $((next - 1))" || return
      said=$next
    fi
  done
  leave
}

hear_gap() { # FIRST LAST REASON
  local first last reason
  read -r first last reason <<<"$1"
  echo "gap: lines $first to $last will not come: $reason" >&2
  if [[ $reason == epoch ]]; then # the server has begun a new numbering, and sends what it has of that
    epoch=$(parameter epoch) next=$(parameter oldest)
  else
    next=$((last + 1))
  fi
}

keep_connected "$1" "$2"
