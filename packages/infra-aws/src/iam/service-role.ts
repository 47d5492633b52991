/** A role for a service of AWS, with one policy. */
import { Role, RolePolicy } from "@pulumi/aws/iam/index.js";
import * as pulumi from "@pulumi/pulumi";

/** A statement that allows something. */
export interface Allow {
  readonly Action: string | readonly string[];
  readonly Resource: pulumi.Input<string> | readonly pulumi.Input<string>[];
}

/**
 * @param args the service that acts in the role, such as `ec2.amazonaws.com`, and what it may do
 * @returns the role, and its policy, without which it is worth nothing
 */
export function serviceRole(
  name: string,
  args: { readonly service: string; readonly allow: pulumi.Input<readonly Allow[]> },
  parent: pulumi.Resource,
): { readonly role: Role; readonly policy: RolePolicy } {
  const trust = { Effect: "Allow", Principal: { Service: args.service }, Action: "sts:AssumeRole" };
  const assumeRolePolicy = JSON.stringify({ Version: "2012-10-17", Statement: [trust] });
  const role = new Role(name, { assumeRolePolicy }, { parent });
  const statements = pulumi
    .output(args.allow)
    .apply((allow) => allow.map((each) => ({ Effect: "Allow", ...each })));
  const document = pulumi.jsonStringify({ Version: "2012-10-17", Statement: statements });
  const policy = new RolePolicy(name, { role: role.id, policy: document }, { parent });
  return { role, policy };
}
