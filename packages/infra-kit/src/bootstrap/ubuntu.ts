/** Ubuntu LTS, logging in to Azure Container Registry with the identity of the machine. */
import type { Distribution, HostFile } from "./distribution.ts";

/** A registry of ACR in Azure's public cloud, at the start of an image's name. */
const acrRegistry = /^[a-z0-9]{5,50}\.azurecr\.io(?=\/)/;

/**
 * The registry of ACR that an image lies in, or `undefined` for another registry.
 *
 * @example
 * acrRegistryOf("sorted0a1b2c3d.azurecr.io/sorted@sha256:…") // "sorted0a1b2c3d.azurecr.io"
 */
export function acrRegistryOf(image: string): string | undefined {
  return acrRegistry.exec(image)?.[0];
}

/**
 * All packages are in the distribution's own archive, so the host needs no other, and no Azure CLI. A token for the
 * registry is good for three hours, so there is a login before each start.
 *
 * @param image by digest
 * @param clientId of the machine's user-assigned identity that may pull from the image's registry
 */
export function ubuntu(image: string, clientId: string): Distribution {
  const registry = acrRegistryOf(image);
  return {
    packages: registry ? ["docker.io", "jq"] : ["docker.io"],
    files: registry ? [acrLogin] : [],
    dockerConfig: {},
    beforeStart: registry ? [[acrLogin.path, registry, clientId]] : [],
  };
}

/**
 * The exchange of a token of the machine's identity for one of the registry. No token is on a command line, where every
 * process of the host could read it.
 *
 * @see https://github.com/Azure/acr/blob/main/docs/AAD-OAuth.md
 */
const acrLogin: HostFile = {
  path: "/usr/local/sbin/acr-login",
  permissions: "0755",
  content: `#!/bin/sh
# acr-login REGISTRY CLIENT_ID: logs Docker in to a registry of Azure by the identity of this machine.
set -eu
registry=$1
identity="http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&client_id=$2&resource=https%3A%2F%2Fmanagement.azure.com%2F"
fetch() {
  curl --fail --silent --show-error --retry 10 --retry-all-errors "$@"
}
fetch --noproxy '*' --header Metadata:true "$identity" |
  jq --exit-status --raw-output --join-output .access_token |
  fetch --data grant_type=access_token --data-urlencode "service=$registry" --data-urlencode access_token@- \\
    "https://$registry/oauth2/exchange" |
  jq --exit-status --raw-output .refresh_token |
  docker login --username 00000000-0000-0000-0000-000000000000 --password-stdin "$registry"
`,
};
