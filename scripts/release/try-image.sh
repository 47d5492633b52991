#!/usr/bin/env bash
# Runs an image on this machine's architecture, without everything that it does not need, and lets `pnpm smoke` decide:
# try-image.sh IMAGE [PORT].
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
image=$1 port=${2:-3000}

container=$(docker run --detach --network host --env HOST=127.0.0.1 --env "PORT=$port" \
  --read-only --cap-drop ALL --security-opt no-new-privileges --memory 512m --pids-limit 128 "$image")
trap 'docker logs "$container" >&2; docker rm --force "$container" >/dev/null' EXIT
node packages/api/smoke/main.ts "127.0.0.1:$port" --wait 30
