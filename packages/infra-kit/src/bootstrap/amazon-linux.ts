/** Amazon Linux 2023, logging in to ECR with the credentials of the instance. */
import type { Distribution } from "./distribution.ts";

/** A registry of ECR at the start of an image's name. */
const ecrRegistry = /^\d{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com(?=\/)/;

/**
 * The registry of ECR that an image lies in, or `undefined` for another registry.
 *
 * @example
 * ecrRegistryOf("123456789012.dkr.ecr.eu-central-1.amazonaws.com/sorted@sha256:…")
 * // "123456789012.dkr.ecr.eu-central-1.amazonaws.com"
 */
export function ecrRegistryOf(image: string): string | undefined {
  return ecrRegistry.exec(image)?.[0];
}

/**
 * Both packages are in the distribution's own repository, so the host needs no other, and no AWS CLI. The credential
 * helper fetches a fresh token for each pull.
 */
export function amazonLinux2023(image: string): Distribution {
  const registry = ecrRegistryOf(image);
  return {
    packages: registry ? ["docker", "amazon-ecr-credential-helper"] : ["docker"],
    files: [],
    dockerConfig: registry ? { credHelpers: { [registry]: "ecr-login" } } : {},
    beforeStart: [],
  };
}
