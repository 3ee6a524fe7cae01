#!/usr/bin/env bash
# Makes the cache of loaded classes with which a server starts sooner (Java's AOT cache, JEP 514): runs the server once, with
# the flags it is shipped with and a little traffic, and has Java write down what it loaded.
#
#   train-aot.sh DIST    DIST is a distribution; its linecast.aot is written
#
# Fails where that cannot be done; the server starts without it too.
set -euo pipefail

dist=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

LINECAST_AOT_OUTPUT=$work/linecast.aot LINECAST_JAVA_OPTS='' "$dist/bin/linecast" \
  serve --port 0 --web-port 0 --port-file "$work/port" --allow-end >"$work/log" 2>&1 &
server=$!
for ((i = 0; i < 300; i++)); do
  [[ -s $work/port ]] && break
  sleep 0.1
done
read -r port _ <"$work/port"

# Two clients, so that lines go in and out, and the word that stops the server.
exec 3<>"/dev/tcp/127.0.0.1/$port" 4<>"/dev/tcp/127.0.0.1/$port"
for ((i = 0; i < 200; i++)); do
  echo "line $i" >&3
  IFS= read -r -t 10 _ <&4
done
echo END >&3
wait "$server"
exec 3>&- 4>&-
mv "$work/linecast.aot" "$dist/linecast.aot"
