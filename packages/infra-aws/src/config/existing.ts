/** Whether AWS has what the settings name by its ID, and whether that fits: AWS would say so in the middle of an update. */
import { getAmi } from "@pulumi/aws/ec2/getAmi.js";
import { getPolicy } from "@pulumi/aws/iam/getPolicy.js";
import { getKey } from "@pulumi/aws/kms/getKey.js";
import { getZone } from "@pulumi/aws/route53/getZone.js";
import { wrongSettings } from "@sorted/infra-kit";
import { rootDevice } from "../fleet/launch-template.ts";
import { lookedUp } from "../resources/look-up.ts";
import type { Settings } from "./config.ts";

/** What is looked up here. Subnets and instance types are by the parts of the program that use them. */
type Named = Pick<
  Settings,
  | "amiId"
  | "architecture"
  | "volumeGiB"
  | "domainName"
  | "hostedZoneId"
  | "kmsKeyArn"
  | "permissionsBoundaryArn"
>;

/**
 * Looks up the AMI, the hosted zone, the key and the boundary, as far as they are set. A certificate can't be: AWS's provider
 * finds one by its name only.
 *
 * @throws {pulumi.RunError} that names each setting that is wrong
 */
export async function checkExisting(named: Named): Promise<void> {
  const mistakes = await Promise.all([ofAmi(named), ofZone(named), ofKey(named), ofBoundary(named)]);
  if (mistakes.flat().length > 0) throw wrongSettings(mistakes.flat());
}

async function ofAmi({ amiId, architecture, volumeGiB }: Named): Promise<readonly string[]> {
  if (amiId === undefined) return [];
  const filters = [{ name: "image-id", values: [amiId] }];
  // AWS calls a version of Amazon Linux deprecated 90 days after its release, and still has it.
  const ami = await lookedUp(`amiId ${amiId}`, getAmi({ filters, includeDeprecated: true }));
  const disk = ami.blockDeviceMappings.find(({ deviceName }) => deviceName === rootDevice);
  const leastGiB = Number(disk?.ebs["volume_size"] ?? 0);
  return [
    ...(ami.architecture === architecture
      ? []
      : [`amiId ${amiId} is for ${ami.architecture}, but architecture is ${architecture}`]),
    ...(ami.rootDeviceName === rootDevice
      ? []
      : [`amiId ${amiId} must have its disk at ${rootDevice}, as Amazon Linux 2023 has`]),
    ...(volumeGiB >= leastGiB ? [] : [`volumeGiB must be ${leastGiB} or more for ${amiId}`]),
  ];
}

async function ofZone({ domainName, hostedZoneId }: Named): Promise<readonly string[]> {
  if (domainName === undefined || hostedZoneId === undefined) return [];
  const { name, privateZone } = await lookedUp(
    `hostedZoneId ${hostedZoneId}`,
    getZone({ zoneId: hostedZoneId }),
  );
  const isIn = domainName === name || domainName.endsWith(`.${name}`);
  return [
    ...(isIn ? [] : [`domainName must be in ${name}, the name of ${hostedZoneId}`]),
    // https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html
    ...(privateZone
      ? [`hostedZoneId ${hostedZoneId} must be public, as certificates are proved by public names`]
      : []),
  ];
}

async function ofKey({ kmsKeyArn }: Named): Promise<readonly string[]> {
  if (kmsKeyArn === undefined) return [];
  const { enabled, keySpec } = await lookedUp(`kmsKeyArn ${kmsKeyArn}`, getKey({ keyId: kmsKeyArn }));
  return enabled && keySpec === "SYMMETRIC_DEFAULT"
    ? []
    : ["kmsKeyArn must be an enabled key that encrypts symmetrically"];
}

async function ofBoundary({ permissionsBoundaryArn: arn }: Named): Promise<readonly string[]> {
  if (arn !== undefined) await lookedUp(`permissionsBoundaryArn ${arn}`, getPolicy({ arn }));
  return [];
}
