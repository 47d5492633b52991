/** A bucket for the load balancer's access logs: a line for each request, delivered every five minutes. */
import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity.js";
import * as s3 from "@pulumi/aws/s3/index.js";
import * as pulumi from "@pulumi/pulumi";

export interface AccessLogsArgs {
  /** After so many days a log is deleted. */
  readonly days: number;
  /** Keep the logs when the bucket is to be deleted, so that deleting it fails. */
  readonly protect: boolean;
}

/**
 * The bucket, private and encrypted by S3's own keys: the load balancer can't write to one with keys of KMS.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
 */
export class AccessLogs extends pulumi.ComponentResource {
  readonly bucket: pulumi.Output<string>;
  /** What must exist before a load balancer may be told to log here. */
  readonly writable: pulumi.Resource;

  constructor(name: string, args: AccessLogsArgs, options?: pulumi.ComponentResourceOptions) {
    super("sorted:aws:AccessLogs", name, {}, options);
    const bucket = new s3.Bucket(name, { forceDestroy: !args.protect }, { parent: this });
    const inBucket = { bucket: bucket.bucket };
    const closed = new s3.BucketPublicAccessBlock(
      name,
      {
        ...inBucket,
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      },
      { parent: this },
    );
    new s3.BucketOwnershipControls(
      name,
      { ...inBucket, rule: { objectOwnership: "BucketOwnerEnforced" } },
      { parent: this },
    );
    new s3.BucketServerSideEncryptionConfiguration(
      name,
      { ...inBucket, rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }] },
      { parent: this },
    );
    new s3.BucketLifecycleConfiguration(
      name,
      {
        ...inBucket,
        rules: [
          { id: "expire", status: "Enabled", filter: {}, expiration: { days: args.days } },
          // Parts of an upload that never ends are billed, and are no objects that could expire.
          {
            id: "abort",
            status: "Enabled",
            filter: {},
            abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
          },
        ],
      },
      { parent: this },
    );
    const policy = { ...inBucket, policy: deliveryPolicy(bucket.arn) };
    // S3 refuses two changes of a bucket's policies at a time.
    this.writable = new s3.BucketPolicy(name, policy, { parent: this, dependsOn: closed });
    this.bucket = bucket.bucket;
    this.registerOutputs({ bucket: this.bucket });
  }
}

/** Elastic Load Balancing may write under this account's prefix; nobody may do anything without TLS. */
function deliveryPolicy(bucketArn: pulumi.Output<string>): pulumi.Output<string> {
  const account = getCallerIdentityOutput().accountId;
  return pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
        Action: "s3:PutObject",
        Resource: pulumi.interpolate`${bucketArn}/AWSLogs/${account}/*`,
      },
      {
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: [bucketArn, pulumi.interpolate`${bucketArn}/*`],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ],
  });
}
