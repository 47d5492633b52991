#!/usr/bin/env bash
# Shows that a workflow signed an image, and that both architectures have SBOM and provenance:
# verify-image.sh REPOSITORY@DIGEST IDENTITY, where the identity is the address of the workflow's file at its tag.
set -euo pipefail
image=$1 identity=$2

cosign verify "$image" \
  --certificate-identity "$identity" \
  --certificate-oidc-issuer https://token.actions.githubusercontent.com >/dev/null
for attached in SBOM Provenance; do
  document=$(docker buildx imagetools inspect "$image" --format "{{ json .$attached }}")
  for platform in linux/amd64 linux/arm64; do
    jq --exit-status --arg platform "$platform" '.[$platform] // {} | length > 0' <<<"$document" >/dev/null || {
      echo "$image has no $attached for $platform" >&2
      exit 1
    }
  done
done
echo "$image is signed by $identity, with SBOM and provenance"
