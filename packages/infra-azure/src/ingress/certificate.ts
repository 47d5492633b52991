/** A certificate in Key Vault that an application gateway may read, and reads again when it is renewed. */
import { UserAssignedIdentity } from "@pulumi/azure-native/managedidentity/index.js";
import * as pulumi from "@pulumi/pulumi";
import { grant } from "../authorization/role.ts";
import type { Group } from "../resources/resource-group.ts";

/** Which certificate. */
export interface Certificate {
  /** The ID of the vault, `/subscriptions/…/providers/Microsoft.KeyVault/vaults/<name>`. */
  readonly keyVaultId: string;
  readonly certificateName: string;
}

/** An identity that may read the vault's secrets; Key Vault hands certificates with their keys out as such. */
export class CertificateAccess extends pulumi.ComponentResource {
  readonly identityId: pulumi.Output<string>;
  /** Without a version, which would be that of one certificate. */
  readonly secretId: string;
  /** What must exist before the certificate can be read. */
  readonly ready: readonly pulumi.Resource[];

  constructor(
    name: string,
    args: Certificate & {
      readonly group: Group;
      /** The ID of an identity that exists and may read the vault, instead of one of its own. */
      readonly identityId?: string | undefined;
    },
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("sorted:azure:CertificateAccess", name, {}, options);
    const vault = args.keyVaultId.split("/").at(-1);
    if (args.identityId) {
      this.identityId = pulumi.output(args.identityId);
      this.ready = [];
    } else {
      const { id, principalId } = new UserAssignedIdentity(
        name,
        { resourceGroupName: args.group.name },
        { parent: this },
      );
      this.identityId = id;
      this.ready = [
        grant(name, { principalId, role: "Key Vault Secrets User", scope: args.keyVaultId }, this),
      ];
    }
    this.secretId = `https://${vault}.vault.azure.net/secrets/${args.certificateName}`;
    this.registerOutputs({ identityId: this.identityId });
  }
}
