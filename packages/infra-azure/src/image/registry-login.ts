/** How whoever deploys logs in to a registry of Azure: as themselves, since the registry has no admin user. */
import { getClientTokenOutput } from "@pulumi/azure-native/authorization/index.js";
import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";

/** Docker's user for a token of Microsoft Entra. */
const tokenUser = "00000000-0000-0000-0000-000000000000";

/**
 * Whom the deployer's token is for: a policy of Azure's makes registries refuse one for Azure's API.
 *
 * @see https://github.com/Azure/azure-sdk-for-java/issues/33928
 */
const registries = "https://containerregistry.azure.net";

const answer = z.object({ refresh_token: z.string() });

/** What Docker needs to log in. */
export interface RegistryLogin {
  readonly address: pulumi.Output<string>;
  readonly username: string;
  /** A token that is good for three hours. */
  readonly password: pulumi.Output<string>;
}

/**
 * Exchanges the deployer's token for one of the registry, as `az acr login` does. A preview asks for none, as it
 * pushes nothing.
 *
 * @throws in the output, if the registry refuses
 * @see https://github.com/Azure/acr/blob/main/docs/AAD-OAuth.md
 */
export function registryLogin(loginServer: pulumi.Output<string>): RegistryLogin {
  const password = pulumi.runtime.isDryRun()
    ? pulumi.output("")
    : pulumi
        .all([loginServer, getClientTokenOutput({ endpoint: registries }).token])
        .apply(([registry, token]) => exchange(registry, token));
  return { address: loginServer, username: tokenUser, password: pulumi.secret(password) };
}

/**
 * @param registry its host name
 * @param token of whoever deploys, for registries
 * @returns a token that Docker takes as a password for the registry
 * @throws {pulumi.RunError} if the registry refuses, naming the role that is missing
 */
export async function exchange(registry: string, token: string): Promise<string> {
  const response = await fetch(`https://${registry}/oauth2/exchange`, {
    method: "POST",
    body: new URLSearchParams({ grant_type: "access_token", service: registry, access_token: token }),
  });
  if (!response.ok) {
    throw new pulumi.RunError(
      `${registry} refuses the login (${response.status}). To deploy, you need the role AcrPush`,
    );
  }
  return answer.parse(await response.json()).refresh_token;
}
