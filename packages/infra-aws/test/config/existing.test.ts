/** Shows that a preview looks up what the settings name, and names the setting that doesn't fit. Can't show that AWS answers so. */
import { mistakesOf, type Properties } from "@sorted/infra-check";
import { awsCalls } from "@sorted/infra-check/aws";
import { test } from "tap";
import { configurations, recordWith } from "../configurations.ts";

const amiId = "ami-0123456789abcdef0";
const { domain, company } = configurations;

/** What a preview says of settings where AWS's answer to one question has another part. */
function refused(settings: Properties, token = "", change: Properties = {}): Promise<readonly string[]> {
  const answer = (args: Properties) => ({ ...awsCalls[token]?.(args), ...change });
  return mistakesOf(recordWith(settings, token ? { [token]: answer } : {}));
}

test("an ID that AWS doesn't have stops the preview, with AWS's words", async (t) => {
  for (const [settings, message] of [
    [{ amiId: "ami-00000000000000000" }, "amiId ami-00000000000000000 can't be looked up: "],
    [{ ...domain, hostedZoneId: "Z0OTHER" }, "hostedZoneId Z0OTHER can't be looked up: "],
    [
      { kmsKeyArn: "arn:aws:kms:eu-central-1:123456789012:key/none" },
      "kmsKeyArn arn:aws:kms:eu-central-1:123456789012:key/none can't be looked up: ",
    ],
    [
      { permissionsBoundaryArn: "arn:aws:iam::123456789012:policy/none" },
      "permissionsBoundaryArn arn:aws:iam::123456789012:policy/none can't be looked up: ",
    ],
  ] as const) {
    const [only = "", ...others] = await refused(settings);
    t.ok(only.startsWith(`sorted-aws:${message}`), only);
    t.strictSame(others, []);
  }
  t.strictSame(await refused({ amiId }), []);
});

test("an AMI must be for the processor, have its disk where the template has it, and fit on it", async (t) => {
  const question = "aws:ec2/getAmi:getAmi";
  t.strictSame(await refused({ amiId, architecture: "x86_64" }), [
    `sorted-aws:amiId ${amiId} is for arm64, but architecture is x86_64`,
  ]);
  t.strictSame(await refused({ amiId }, question, { rootDeviceName: "/dev/sda1" }), [
    `sorted-aws:amiId ${amiId} must have its disk at /dev/xvda, as Amazon Linux 2023 has`,
  ]);
  const blockDeviceMappings = [{ deviceName: "/dev/xvda", ebs: { volume_size: "20" } }];
  t.strictSame(await refused({ amiId }, question, { blockDeviceMappings }), [
    `sorted-aws:volumeGiB must be 20 or more for ${amiId}`,
  ]);
});

test("a domain must be in its hosted zone, which must be public", async (t) => {
  const question = "aws:route53/getZone:getZone";
  t.strictSame(await refused({ ...domain, domainName: "sorted.anexample.com" }), [
    "sorted-aws:domainName must be in example.com, the name of Z0EXAMPLE",
  ]);
  t.strictSame(await refused({ ...domain, domainName: "example.com" }), []);
  t.strictSame(await refused(domain, question, { privateZone: true }), [
    "sorted-aws:hostedZoneId Z0EXAMPLE must be public, as certificates are proved by public names",
  ]);
});

test("a key must be enabled and symmetric", async (t) => {
  const question = "aws:kms/getKey:getKey";
  const message = "sorted-aws:kmsKeyArn must be an enabled key that encrypts symmetrically";
  t.strictSame(await refused(company, question, { enabled: false }), [message]);
  t.strictSame(await refused(company, question, { keySpec: "RSA_2048" }), [message]);
});
