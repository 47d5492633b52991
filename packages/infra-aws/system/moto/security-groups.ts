/** Security groups and their rules. */
import type { EC2, IpPermission, SecurityGroupRule } from "@aws-sdk/client-ec2";
import type * as ec2 from "@pulumi/aws/ec2/index.js";
import type * as vpc from "@pulumi/aws/vpc/index.js";
import type { Unwrap } from "@pulumi/pulumi";
import { type Binding, binding, first, tagSpecifications } from "./binding.ts";

export function securityGroupBindings(api: EC2): Readonly<Record<string, Binding>> {
  /** AWS starts each group with a rule that lets everything out, which the provider takes away. */
  const revokeAll = async (GroupId: string | undefined) => {
    const { SecurityGroups } = await api.describeSecurityGroups({ GroupIds: [GroupId ?? ""] });
    const { IpPermissions = [], IpPermissionsEgress = [] } = first(SecurityGroups);
    if (IpPermissions.length > 0) await api.revokeSecurityGroupIngress({ GroupId, IpPermissions });
    if (IpPermissionsEgress.length > 0) {
      await api.revokeSecurityGroupEgress({ GroupId, IpPermissions: IpPermissionsEgress });
    }
  };

  return {
    "aws:ec2/securityGroup:SecurityGroup": binding<ec2.SecurityGroupArgs>({
      async create(inputs) {
        const { GroupId } = await api.createSecurityGroup({
          GroupName: inputs.name,
          Description: inputs.description,
          VpcId: inputs.vpcId,
          TagSpecifications: tagSpecifications("security-group", inputs.tags),
        });
        await revokeAll(GroupId);
        return { id: GroupId };
      },
      delete: (GroupId) => api.deleteSecurityGroup({ GroupId }),
    }),

    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": binding<ec2.DefaultSecurityGroupArgs>({
      async create({ vpcId }) {
        const { SecurityGroups } = await api.describeSecurityGroups({
          Filters: [
            { Name: "vpc-id", Values: [vpcId ?? ""] },
            { Name: "group-name", Values: ["default"] },
          ],
        });
        const { GroupId } = first(SecurityGroups);
        await revokeAll(GroupId);
        return { id: GroupId };
      },
    }),

    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": ruleBinding(
      (grant) => api.authorizeSecurityGroupIngress(grant),
      (grant) => api.revokeSecurityGroupIngress(grant),
    ),

    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": ruleBinding(
      (grant) => api.authorizeSecurityGroupEgress(grant),
      (grant) => api.revokeSecurityGroupEgress(grant),
    ),
  };
}

/** What the rules of both directions have in common. */
type RuleArgs = vpc.SecurityGroupIngressRuleArgs | vpc.SecurityGroupEgressRuleArgs;

/** One permission of one group, as the calls of both directions take it. */
interface Grant {
  readonly GroupId: string | undefined;
  readonly IpPermissions: IpPermission[];
}

function ruleBinding(
  authorize: (grant: Grant) => Promise<{ readonly SecurityGroupRules?: SecurityGroupRule[] | undefined }>,
  revoke: (grant: Grant) => Promise<unknown>,
): Binding {
  const grantOf = (rule: Unwrap<RuleArgs>): Grant => ({
    GroupId: rule.securityGroupId,
    IpPermissions: [permission(rule)],
  });
  return binding<RuleArgs>({
    async create(inputs) {
      const { SecurityGroupRules } = await authorize(grantOf(inputs));
      return { id: first(SecurityGroupRules).SecurityGroupRuleId };
    },
    delete: (_, inputs) => revoke(grantOf(inputs)),
  });
}

function permission(rule: Unwrap<RuleArgs>): IpPermission {
  return {
    IpProtocol: rule.ipProtocol,
    FromPort: rule.fromPort,
    ToPort: rule.toPort,
    ...(rule.cidrIpv4 && { IpRanges: [{ CidrIp: rule.cidrIpv4 }] }),
    ...(rule.cidrIpv6 && { Ipv6Ranges: [{ CidrIpv6: rule.cidrIpv6 }] }),
    ...(rule.referencedSecurityGroupId && {
      UserIdGroupPairs: [{ GroupId: rule.referencedSecurityGroupId }],
    }),
    ...(rule.prefixListId && { PrefixListIds: [{ PrefixListId: rule.prefixListId }] }),
  };
}
