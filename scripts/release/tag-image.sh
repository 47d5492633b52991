#!/usr/bin/env bash
# Gives a tested image its tag, and shows that the tag means exactly that image: tag-image.sh REPOSITORY@DIGEST TAG.
set -euo pipefail
image=$1 tagged=${1%@*}:$2

docker buildx imagetools create --tag "$tagged" "$image"
digest=$(docker buildx imagetools inspect "$tagged" --format '{{ .Manifest.Digest }}')
if [[ $digest != "${image#*@}" ]]; then
  echo "$tagged is $digest, not ${image#*@}" >&2
  exit 1
fi
echo "$tagged is $digest"
