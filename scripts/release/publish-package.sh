#!/usr/bin/env bash
# Publishes a tarball to npm with provenance: publish-package.sh TARBALL. npm trusts the workflow, so no token is
# necessary. If the version is published already, nothing changes, so a release can be tried again.
set -euo pipefail
tarball=$1
manifest=$(tar --extract --to-stdout --file "$tarball" package/package.json)
name=$(jq --exit-status --raw-output .name <<<"$manifest")
version=$(jq --exit-status --raw-output .version <<<"$manifest")

is_there() { npm view "$name@$version" version 2>/dev/null | grep --quiet .; }

if is_there; then
  echo "$name@$version is published already"
  exit
fi
# `npm install` does not install a version such as 1.2.3-beta.0.
tag=latest
[[ $version == *-* ]] && tag=next
# Trusted publishing needs npm 11.5.1 or newer.
# renovate: datasource=npm depName=npm
npx --yes npm@11.19.1 publish "$tarball" --access public --provenance --tag "$tag"
# The registry takes a while until everyone sees it.
for _ in {1..30}; do
  is_there && exit
  sleep 5
done
echo "npm does not show $name@$version" >&2
exit 1
