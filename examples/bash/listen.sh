#!/usr/bin/env bash
# Writes the lines of a channel to its output.
#
#   listen.sh HOST PORT [--count N]
#
# A connection that breaks is made anew and goes on where the last one ended: each line comes once. Lines that will never
# come are told of on the error output. After N lines it leaves in an orderly way; 0: never. Bash cannot hold a NUL and drops
# it; every other byte comes as it was sent.
set -u
. "$(dirname "${BASH_SOURCE[0]}")/linecast.sh"

if (($# != 2)) && [[ $# != 4 || $3 != --count || ! $4 =~ ^[0-9]{1,18}$ ]]; then
  die 'usage: listen.sh HOST PORT [--count N]' 2
fi
left=$((10#${4:-0}))               # lines still to come
if ((left == 0)); then left=-1; fi # negative: no end
epoch=''                           # names the numbering that `next` is of: a server that starts anew begins a new one
next=0                             # the number of the first line that we have not dealt with

hello() {
  if [[ $epoch ]]; then echo "from=$next epoch=$epoch"; else echo from=new; fi
}

talk() {
  if [[ ! $epoch ]]; then
    epoch=$(parameter epoch)
    number next "$(parameter next)"
    echo "listening from line $next on" >&2
  fi
  local line rest word text said=$next
  while ((left != 0)); do
    # A line without its end is dropped, because `read` fails: the next connection brings it again, from its beginning.
    IFS= read -r -t "$patience" -u 3 line || return
    rest=${line#* }
    case $line in
      'LINE '*)
        word=${rest%% *} text=${rest#"$word"}
        number next "$word"
        printf '%s\n' "${text# }" 2>/dev/null || end_without_output
        next=$((next + 1)) left=$((left - 1))
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
    epoch=$(parameter epoch)
    number next "$(parameter oldest)"
  else
    number next "$last"
    next=$((next + 1))
  fi
}

# A pipe cannot be written to when whoever read it (such as head) has had enough.
end_without_output() {
  if [[ -p /dev/stdout ]]; then exit 0; fi
  die 'cannot write'
}

keep_connected "$1" "$2"
