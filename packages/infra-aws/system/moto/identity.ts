/** Roles, their policies, and the instance profile. */
import type { IAM } from "@aws-sdk/client-iam";
import type * as iam from "@pulumi/aws/iam/index.js";
import { type Binding, binding, tagList } from "./binding.ts";

export function identityBindings(api: IAM): Readonly<Record<string, Binding>> {
  return {
    "aws:iam/role:Role": binding<iam.RoleArgs>({
      async create({ name, assumeRolePolicy, tags }) {
        const { Role } = await api.createRole({
          RoleName: name,
          AssumeRolePolicyDocument: String(assumeRolePolicy),
          Tags: tagList(tags),
        });
        return { id: name, arn: Role?.Arn };
      },
      delete: (RoleName) => api.deleteRole({ RoleName }),
    }),

    "aws:iam/rolePolicy:RolePolicy": binding<iam.RolePolicyArgs>({
      async create({ name, role, policy }) {
        await api.putRolePolicy({
          PolicyName: name,
          RoleName: String(role),
          PolicyDocument: String(policy),
        });
        return { id: name };
      },
      delete: (PolicyName, { role }) => api.deleteRolePolicy({ PolicyName, RoleName: String(role) }),
    }),

    "aws:iam/instanceProfile:InstanceProfile": binding<iam.InstanceProfileArgs>({
      async create({ name, role, tags }) {
        const { InstanceProfile } = await api.createInstanceProfile({
          InstanceProfileName: name,
          Tags: tagList(tags),
        });
        await api.addRoleToInstanceProfile({ InstanceProfileName: name, RoleName: String(role) });
        return { id: name, arn: InstanceProfile?.Arn };
      },
      async delete(InstanceProfileName, { role }) {
        await api.removeRoleFromInstanceProfile({ InstanceProfileName, RoleName: String(role) });
        await api.deleteInstanceProfile({ InstanceProfileName });
      },
    }),
  };
}
