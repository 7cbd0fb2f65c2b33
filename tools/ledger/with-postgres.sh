#!/usr/bin/env bash
# Runs a command beside a PostgreSQL server of its own, on a free loopback port, with MARCHLAND_TEST_POSTGRES set to its
# address; the server and its data go away afterwards.   with-postgres.sh COMMAND ...
# Needs Debian's package `postgresql`. Without it: says so and runs the command all the same; its tests then skip out loud.
set -euo pipefail
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1 || true)
if [ -z "$bin" ] || [ ! -x "$bin/initdb" ]; then
  echo "skipped: no PostgreSQL on this machine (apt-get install postgresql); the second store is not tested" >&2
  exec "$@"
fi
dir=$(mktemp -d /tmp/marchland-postgres.XXXXXX)
as=()
# The server refuses to run as root; Debian's package has a user for it.
if [ "$(id -u)" = 0 ]; then chown postgres "$dir"; as=(runuser -u postgres --); fi
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
stop() { (cd /; "${as[@]}" "$bin/pg_ctl" -D "$dir/data" -m immediate stop > /dev/null 2>&1 || true); rm -rf "$dir"; }
trap stop EXIT
(cd /; "${as[@]}" "$bin/initdb" -D "$dir/data" -A trust -U marchland -E UTF8 --locale=C > "$dir/initdb.log" 2>&1) || { cat "$dir/initdb.log" >&2; exit 1; }
(cd /; "${as[@]}" "$bin/pg_ctl" -D "$dir/data" -w -l "$dir/data/log" -o "-h 127.0.0.1 -p $port -k $dir" start > /dev/null)
(cd /; "${as[@]}" "$bin/createdb" -h 127.0.0.1 -p "$port" -U marchland test)
MARCHLAND_TEST_POSTGRES="postgres://marchland@127.0.0.1:$port/test" "$@"
