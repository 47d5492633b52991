/** Ubuntu LTS on Azure, logging in to Azure Container Registry with an identity of the machine. */
import { acrLogin, guardPlatform, install, leaveFiles } from "./azure-host.ts";
import type { Distribution } from "./distribution.ts";

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
 */
export function ubuntu(args: {
  /** By digest. */
  readonly image: string;
  /** The client ID of the machine's identity that may pull from the image's registry. */
  readonly clientId: string;
  /** The unit of the container, such as `sorted.service`. */
  readonly unit: string;
}): Distribution {
  const registry = acrRegistryOf(args.image);
  return {
    packages: ["docker.io", "jq"],
    installer: install.path,
    files: [install, ...leaveFiles(args.unit), ...(registry ? [acrLogin] : [])],
    units: ["leave-before-deletion.service"],
    dockerConfig: {},
    beforeStart: [...guardPlatform, ...(registry ? [[acrLogin.path, registry, args.clientId]] : [])],
  };
}
