# Runs a throw-away PostgreSQL cluster until standard input ends, then removes it.
# $1: folder of the programs  $2: folder of the cluster  $3: its superuser
trap '' INT TERM HUP
"$1/initdb" -D "$2/data" -U "$3" --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync >"$2/log" 2>&1 || touch "$2/failed"
"$1/postgres" -D "$2/data" -k "$2" -c listen_addresses= -c max_connections=300 \
	-c fsync=off -c synchronous_commit=off -c full_page_writes=off \
	-c jit=off -c autovacuum=off >>"$2/log" 2>&1 </dev/null &
cluster=$!
cat >/dev/null
kill -QUIT "$cluster"
wait "$cluster"
rm -rf "$2"
