/** Whether Azure has what the settings name by its ID, and whether that fits: Azure would say so in the middle of an update. */
import * as pulumi from "@pulumi/pulumi";
import { wrongSettings } from "@sorted/infra-kit";
import { z } from "zod";
import { askIfAllowed } from "../resources/resource-manager.ts";
import type { Settings } from "./config.ts";

const resource = z.object({
  location: z.string(),
  properties: z.object({ enableRbacAuthorization: z.boolean().nullish() }).nullish(),
});

/** Something that a setting names. */
interface Named {
  readonly setting: string;
  readonly id: string | undefined;
  /** Of Azure's API for its type. */
  readonly version: string;
  /** What is wrong with it, if anything is. */
  readonly mistakeOf?: (found: z.output<typeof resource>) => string | undefined;
}

/**
 * Looks up what the program is going to use. Whoever deploys need not be allowed to read all of it: then nothing is said.
 *
 * @throws {pulumi.RunError} that names each setting that is wrong
 */
export async function checkExisting(settings: Settings): Promise<void> {
  const mistakes = await Promise.all(namedBy(settings).map(mistakesOf));
  if (mistakes.flat().length > 0) throw wrongSettings(mistakes.flat());
}

function namedBy({
  ingress,
  registryId,
  gatewayIdentityId,
  diskEncryptionSetId,
}: Settings): readonly Named[] {
  return [
    { setting: "registryId", id: registryId, version: "2023-07-01" },
    {
      setting: "keyVaultId",
      id: ingress.kind === "applicationGateway" ? ingress.certificate.keyVaultId : undefined,
      version: "2023-07-01",
      // https://learn.microsoft.com/azure/key-vault/general/rbac-guide
      mistakeOf: ({ properties }) =>
        properties?.enableRbacAuthorization === true
          ? undefined
          : "must use Azure roles for access: az keyvault update --enable-rbac-authorization true",
    },
    { setting: "gatewayIdentityId", id: gatewayIdentityId, version: "2023-01-31" },
    {
      setting: "diskEncryptionSetId",
      id: diskEncryptionSetId,
      version: "2023-10-02",
      // https://learn.microsoft.com/azure/virtual-machines/disk-encryption#restrictions
      mistakeOf: ({ location }) =>
        plain(location) === plain(new pulumi.Config("azure-native").require("location"))
          ? undefined
          : `is in ${location}, and must be in the stack's region`,
    },
  ];
}

async function mistakesOf({ setting, id, version, mistakeOf }: Named): Promise<readonly string[]> {
  if (id === undefined) return [];
  const found = await askIfAllowed(id, { "api-version": version }, resource);
  if (found === "forbidden") return [];
  if (found === undefined) return [`${setting} ${id} does not exist`];
  const mistake = mistakeOf?.(found);
  return mistake === undefined ? [] : [`${setting} ${id} ${mistake}`];
}

/** `West Europe` is `westeurope`. */
function plain(location: string): string {
  return location.toLowerCase().replaceAll(" ", "");
}
