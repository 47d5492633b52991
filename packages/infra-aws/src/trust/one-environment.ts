/** That an account belongs to one environment. */
import { getRoles } from "@pulumi/aws/iam/getRoles.js";
import * as pulumi from "@pulumi/pulumi";

/**
 * Refuses to share an account with another environment: its role could delete what this one has made, and the other way round.
 *
 * @param name of the roles, before the environment's
 * @throws {pulumi.RunError} naming the roles of another environment
 */
export async function refuseOtherEnvironments(name: string, environment: string): Promise<void> {
  const { names } = await getRoles({ nameRegex: `^${name}-` });
  const own = new RegExp(`^${name}-(${environment.replaceAll(".", "\\.")}|preview)-[0-9a-f]{7}$`);
  const others = names.filter((role) => !own.test(role));
  if (others.length === 0) return;
  throw new pulumi.RunError(
    `This account has roles of another environment than ${environment}: ${others.join(", ")}. Each environment needs an account of its own.`,
  );
}
