#!/usr/bin/env bash
# Builds the image for both architectures and pushes it under its digest alone, with a list of its contents (SBOM) and a
# record of its build (provenance): build-image.sh REPOSITORY VERSION. Prints REPOSITORY@DIGEST.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
repository=$1 version=$2

metadata=$(mktemp)
trap 'rm "$metadata"' EXIT
docker buildx build . \
  --file packages/api/Dockerfile \
  --platform linux/amd64,linux/arm64 \
  --build-arg "VERSION=$version" \
  --build-arg "REVISION=$(git rev-parse HEAD)" \
  --build-arg "CREATED=$(git log -1 --format=%cI)" \
  --build-arg "SOURCE=${SOURCE:-}" \
  --provenance mode=max \
  --sbom true \
  --output "type=image,name=$repository,push=true,push-by-digest=true,name-canonical=true" \
  --metadata-file "$metadata" >&2
echo "$repository@$(jq --exit-status --raw-output '."containerimage.digest"' "$metadata")"
