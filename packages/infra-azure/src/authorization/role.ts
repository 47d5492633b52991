/** Roles of Azure on one resource. */
import { RoleAssignment } from "@pulumi/azure-native/authorization/index.js";
import * as pulumi from "@pulumi/pulumi";

/**
 * The built-in roles that the program gives.
 *
 * @see https://learn.microsoft.com/azure/role-based-access-control/built-in-roles
 */
export const roles = {
  AcrPull: "7f951dda-4ed3-4680-a7ca-43fe172d538d",
  "Container Registry Repository Reader": "b93aa761-3e63-49ed-ac28-beffa264f7ac",
  "Key Vault Secrets User": "4633458b-17de-408a-b874-0445c86b69e6",
} as const;

/**
 * Lets a managed identity act in a role on one resource.
 *
 * @param args whom, what as, and the ID of the resource
 */
export function grant(
  name: string,
  args: {
    readonly principalId: pulumi.Input<string>;
    readonly role: keyof typeof roles;
    readonly scope: pulumi.Input<string>;
  },
  parent: pulumi.Resource,
): RoleAssignment {
  const subscription = pulumi.output(args.scope).apply((id) => id.split("/").slice(0, 3).join("/"));
  const definitions = pulumi.interpolate`${subscription}/providers/Microsoft.Authorization/roleDefinitions`;
  return new RoleAssignment(
    name,
    {
      principalId: args.principalId,
      // A new identity is not known everywhere at once; with its type the assignment doesn't ask.
      principalType: "ServicePrincipal",
      roleDefinitionId: pulumi.interpolate`${definitions}/${roles[args.role]}`,
      scope: args.scope,
    },
    { parent },
  );
}
