/** Rules on what is kept: buckets, images, logs. */
import { items, part, type ResourceRule, wrongIf } from "../../policy/rule.ts";
import { statements } from "./access.ts";

const blocks = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"];

const publicAccess: ResourceRule = {
  name: "buckets-are-private",
  reason:
    "Each of the four settings is off by default, and any of them left off leaves a way to make a bucket public.",
  types: ["aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"],
  violation: ({ props }) =>
    wrongIf(!blocks.every((name) => props[name] === true), `${blocks.join(", ")} must be true`),
  passes: [{ props: Object.fromEntries(blocks.map((name) => [name, true])) }],
  breaks: [{ props: {} }, { props: Object.fromEntries(blocks.slice(1).map((name) => [name, true])) }],
};

const encryption: ResourceRule = {
  name: "access-logs-can-be-written",
  reason: "The load balancer writes its access logs to a bucket encrypted by S3's own keys only, not by KMS.",
  types: ["aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"],
  violation: ({ props }) => {
    const algorithms = items(props["rules"]).map(
      ({ applyServerSideEncryptionByDefault }) => part(applyServerSideEncryptionByDefault)["sseAlgorithm"],
    );
    return wrongIf(
      algorithms.some((algorithm) => algorithm !== "AES256"),
      "sseAlgorithm must be AES256",
    );
  },
  passes: [{ props: { rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }] } }],
  breaks: [{ props: { rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms" } }] } }],
};

const bucketPolicy: ResourceRule = {
  name: "bucket-policy-names-its-writer",
  reason:
    "Access logs come from one service, into AWSLogs/<account>: a policy that allows more lets others write or read.",
  types: ["aws:s3/bucketPolicy:BucketPolicy"],
  violation: ({ props }) => {
    const allowed = statements(props["policy"]).filter(({ Effect }) => Effect === "Allow");
    const right = allowed.every(
      ({ Principal, Action, Resource }) =>
        part(Principal)["Service"] === "logdelivery.elasticloadbalancing.amazonaws.com" &&
        Action === "s3:PutObject" &&
        /\/AWSLogs\/[^/*]+\/\*$/.test(String(Resource)),
    );
    return wrongIf(!right, "must allow s3:PutObject on AWSLogs/<account>/* to the log delivery alone");
  },
  passes: [
    { props: { policy: logDelivery("arn:aws:s3:::logs/AWSLogs/123456789012/*") } },
    { props: { policy: { Statement: [{ Effect: "Deny", Principal: "*", Action: "s3:*" }] } } },
  ],
  breaks: [
    { props: { policy: logDelivery("arn:aws:s3:::logs/*") } },
    { props: { policy: { Statement: [{ Effect: "Allow", Principal: "*", Action: "s3:PutObject" }] } } },
  ],
};

function logDelivery(Resource: string): string {
  const Principal = { Service: "logdelivery.elasticloadbalancing.amazonaws.com" };
  return JSON.stringify({ Statement: [{ Effect: "Allow", Principal, Action: "s3:PutObject", Resource }] });
}

const repository: ResourceRule = {
  name: "images-are-scanned-and-stay",
  reason: "A tag that can move makes a roll-back a guess; scanning is off by default.",
  types: ["aws:ecr/repository:Repository"],
  violation: ({ props }) =>
    wrongIf(props["imageTagMutability"] !== "IMMUTABLE", "imageTagMutability must be IMMUTABLE") ??
    wrongIf(
      part(props["imageScanningConfiguration"])["scanOnPush"] !== true,
      "imageScanningConfiguration.scanOnPush must be true",
    ),
  passes: [{ props: { imageTagMutability: "IMMUTABLE", imageScanningConfiguration: { scanOnPush: true } } }],
  breaks: [
    { props: { imageScanningConfiguration: { scanOnPush: true } } },
    { props: { imageTagMutability: "IMMUTABLE" } },
  ],
};

const retention: ResourceRule = {
  name: "logs-end",
  reason: "By default CloudWatch keeps logs for ever, and bills for them.",
  types: ["aws:cloudwatch/logGroup:LogGroup"],
  violation: ({ props }) => wrongIf(!Number(props["retentionInDays"]), "retentionInDays must be set"),
  passes: [{ props: { retentionInDays: 30 } }],
  breaks: [{ props: {} }, { props: { retentionInDays: 0 } }],
};

export const storageRules = [publicAccess, encryption, bucketPolicy, repository, retention];
