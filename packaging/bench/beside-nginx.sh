#!/usr/bin/env bash
# Measures Torii beside nginx in one interleaved run: the engine with key-auth, ai-prompt-decorator,
# ai-prompt-guard, ai-proxy and the ledger; nginx as a plain proxy. Each is pinned to core 1, the
# load to core 0.
#
#   packaging/bench/beside-nginx.sh COMPARE [ROUNDS [WARM]]
#
# COMPARE is the comparing tool, compare.py. Needs nginx, gcc, taskset and two cores; all traffic is
# on the loopback address. The figures of docs/benchmarks.md come from here.
set -euo pipefail

compare=${1:?"usage: $0 COMPARE [ROUNDS [WARM]]"}
rounds=${2:-5}
warm=${3:-60000}
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
work=$(mktemp -d)

free_ports() {
    python3 - "$1" <<'PY'
import socket, sys
taken = [socket.create_server(("127.0.0.1", 0)) for _ in range(int(sys.argv[1]))]
print(*(s.getsockname()[1] for s in taken))
PY
}
read -r mock nginx_port proxy admin status <<<"$(free_ports 5)"

cleanup() {
    [ -f "$work/nginx.pid" ] && kill "$(cat "$work/nginx.pid")" || true
    [ -n "${engine:-}" ] && kill "$engine" && wait "$engine" || true
    rm -rf "$work"
}
trap cleanup EXIT

cat >"$work/nginx.conf" <<CONF
worker_processes 1; pid $work/nginx.pid; error_log $work/error.log;
events { worker_connections 8192; }
http { access_log off; keepalive_requests 100000000;
  upstream m { server 127.0.0.1:$mock; keepalive 256; keepalive_requests 100000000; }
  server { listen 127.0.0.1:$nginx_port; location / {
    proxy_pass http://m; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_buffering off; } } }
CONF
nginx -c "$work/nginx.conf"

"$root/torii" version
"$root/torii" start --data-dir "$work/data" --proxy-port "$proxy" --admin-port "$admin" \
    --status-port "$status" >"$work/engine.log" 2>&1 &
engine=$!
for _ in $(seq 200); do
    [ -f "$work/data/engine.json" ] && break
    sleep 0.1
done
pid=$(python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))["pid"])' "$work/data/engine.json")

post() {
    curl --silent --show-error --fail --output /dev/null \
        --header 'content-type: application/json' --data "$2" "http://127.0.0.1:$admin$1"
}
post /services "{\"name\": \"bench\", \"url\": \"http://127.0.0.1:$mock\"}"
post /services/bench/routes '{"name": "bench", "paths": ["/bench"]}'
post /services/bench/plugins '{"name": "key-auth"}'
post /consumers '{"username": "bench"}'
post /consumers/bench/key-auth '{"key": "bench-key"}'
post /services/bench/plugins '{"name": "ai-proxy", "config": {"route_type": "llm/v1/chat",
  "auth": {"header_name": "Authorization", "header_value": "Bearer bench"},
  "model": {"provider": "openai", "options": {"max_tokens": 1024, "temperature": 0.7,
    "upstream_url": "http://127.0.0.1:'"$mock"'/v1/chat/completions"}}}}'
post /services/bench/plugins '{"name": "ai-prompt-decorator", "config": {"prompts": {"prepend": [
  {"role": "system", "content": "あなたは優秀なアシスタントです"}]}}}'
post /services/bench/plugins '{"name": "ai-prompt-guard", "config": {"deny_patterns": [".*登山.*"]}}'

worker=$(pgrep --parent "$(cat "$work/nginx.pid")")
taskset --all-tasks --pid --cpu-list 1 "$pid" >/dev/null
taskset --all-tasks --pid --cpu-list 1 "$worker" >/dev/null
taskset --cpu-list 0 python3 "$compare" --rounds "$rounds" --warm "$warm" --mock-port "$mock" \
    "nginx=$nginx_port:$worker" "torii=$proxy:$pid:/bench:apikey: bench-key"

echo
echo "In the ledger:"
curl --silent "http://127.0.0.1:$admin/torii/usage"
echo
