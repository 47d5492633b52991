/** Whether Azure has what the settings name, and whether that fits: Azure would say so in the middle of an update. */
import * as pulumi from "@pulumi/pulumi";
import { wrongSettings } from "@sorted/infra-kit";
import { z } from "zod";
import { ubuntuImage } from "../fleet/virtual-machine-profile.ts";
import { askIfAllowed, subscription } from "../resources/resource-manager.ts";
import type { Settings } from "./config.ts";

const resource = z.object({
  location: z.string(),
  properties: z.object({ enableRbacAuthorization: z.boolean().nullish() }).nullish(),
});

/** Something that a setting names. */
interface Named {
  readonly setting: string;
  /** What the setting says. */
  readonly value: string;
  /** Where Azure's API has it, if that is not the value itself. */
  readonly path?: string;
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
  const mistakes = await Promise.all([...namedBy(settings), ...(await imageOf(settings))].map(mistakesOf));
  if (mistakes.flat().length > 0) throw wrongSettings(mistakes.flat());
}

const location = () => plain(new pulumi.Config("azure-native").require("location"));

function namedBy(settings: Settings): readonly Named[] {
  const { ingress, registryId, gatewayIdentityId, diskEncryptionSetId } = settings;
  const named = (setting: string, value: string | undefined, more: Omit<Named, "setting" | "value">) =>
    value === undefined ? [] : [{ setting, value, ...more }];
  return [
    ...named("registryId", registryId, { version: "2023-07-01" }),
    ...named(
      "keyVaultId",
      ingress.kind === "applicationGateway" ? ingress.certificate.keyVaultId : undefined,
      {
        version: "2023-07-01",
        // https://learn.microsoft.com/azure/key-vault/general/rbac-guide
        mistakeOf: ({ properties }) =>
          properties?.enableRbacAuthorization === true
            ? undefined
            : "must use Azure roles for access: az keyvault update --enable-rbac-authorization true",
      },
    ),
    ...named("gatewayIdentityId", gatewayIdentityId, { version: "2023-01-31" }),
    ...named("diskEncryptionSetId", diskEncryptionSetId, {
      version: "2023-10-02",
      // https://learn.microsoft.com/azure/virtual-machines/disk-encryption#restrictions
      mistakeOf: (found) =>
        plain(found.location) === location()
          ? undefined
          : `is in ${found.location}, and must be in the stack's region`,
    }),
  ];
}

/** The version of the machines' image, if it is not just the newest. */
async function imageOf({ ubuntuVersion, architecture }: Settings): Promise<readonly Named[]> {
  if (ubuntuVersion === "latest") return [];
  const { publisher, offer, sku } = ubuntuImage(architecture);
  const compute = `${await subscription()}/providers/Microsoft.Compute`;
  const path = `${compute}/locations/${location()}/publishers/${publisher}/artifacttypes/vmimage/offers/${offer}/skus/${sku}/versions/${ubuntuVersion}`;
  return [{ setting: "ubuntuVersion", value: ubuntuVersion, path, version: "2024-11-01" }];
}

async function mistakesOf(named: Named): Promise<readonly string[]> {
  const { setting, value, path = value, version, mistakeOf } = named;
  const found = await askIfAllowed(path, { "api-version": version }, resource);
  if (found === "forbidden") return [];
  if (found === undefined) return [`${setting} ${value} does not exist`];
  const mistake = mistakeOf?.(found);
  return mistake === undefined ? [] : [`${setting} ${value} ${mistake}`];
}

/** `West Europe` is `westeurope`. */
function plain(location: string): string {
  return location.toLowerCase().replaceAll(" ", "");
}
