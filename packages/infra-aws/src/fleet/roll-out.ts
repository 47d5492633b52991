/** The roll-out of what instances are made from, as a part of the update: `pulumi up` ends when it has. */
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { Command } from "@pulumi/command/local/command.js";
import * as pulumi from "@pulumi/pulumi";
import type { Wanted } from "../../roll-out/wanted.ts";

const main = new URL("../../roll-out/main.ts", import.meta.url);

/** @param wanted where it leads, whose parts may be known only in the update */
export function rollOut(
  name: string,
  wanted: { readonly [Part in keyof Wanted]: pulumi.Input<Wanted[Part]> },
  options: pulumi.CustomResourceOptions,
): Command {
  const aws = new pulumi.Config("aws");
  const given = ["accessKey", "secretKey", "token", "assumeRoles", "assumeRoleWithWebIdentity"].find(
    (setting) => aws.get(setting),
  );
  if (given) {
    throw new pulumi.RunError(
      `aws:${given} can't be used, as the roll-out would not find it: give credentials in the environment, or by aws:profile`,
    );
  }
  const profile = aws.get("profile");
  return new Command(
    name,
    {
      // From the folder of the project, where Pulumi starts it: whose path differs from one machine to another.
      create: `node ${relative(process.cwd(), fileURLToPath(main))}`,
      environment: { ROLL_OUT: pulumi.jsonStringify(wanted), ...(profile && { AWS_PROFILE: profile }) },
      addPreviousOutputInEnv: false,
    },
    options,
  );
}
