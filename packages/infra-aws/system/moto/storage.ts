/** The repository of images, and the bucket of access logs. */
import type { ECR } from "@aws-sdk/client-ecr";
import type { S3 } from "@aws-sdk/client-s3";
import type * as ecr from "@pulumi/aws/ecr/index.js";
import type * as s3 from "@pulumi/aws/s3/index.js";
import { type Binding, binding, tagList } from "./binding.ts";

export function storageBindings(images: ECR, buckets: S3): Readonly<Record<string, Binding>> {
  return {
    "aws:ecr/repository:Repository": binding<ecr.RepositoryArgs>({
      async create(inputs) {
        const { repository } = await images.createRepository({
          repositoryName: inputs.name,
          imageScanningConfiguration: { scanOnPush: inputs.imageScanningConfiguration?.scanOnPush },
          imageTagMutability: inputs.imageTagMutability === "IMMUTABLE" ? "IMMUTABLE" : "MUTABLE",
          tags: tagList(inputs.tags),
        });
        return {
          id: inputs.name,
          arn: repository?.repositoryArn,
          registryId: repository?.registryId,
          repositoryUrl: repository?.repositoryUri,
        };
      },
      delete: (repositoryName, { forceDelete }) =>
        images.deleteRepository({ repositoryName, force: forceDelete }),
    }),

    "aws:ecr/lifecyclePolicy:LifecyclePolicy": binding<ecr.LifecyclePolicyArgs>({
      async create({ repository, policy }) {
        await images.putLifecyclePolicy({
          repositoryName: repository,
          lifecyclePolicyText: String(policy),
        });
        return { id: repository };
      },
      delete: (repositoryName) => images.deleteLifecyclePolicy({ repositoryName }),
    }),

    "aws:ecr/repositoryPolicy:RepositoryPolicy": binding<ecr.RepositoryPolicyArgs>({
      async create({ repository, policy }) {
        await images.setRepositoryPolicy({ repositoryName: repository, policyText: String(policy) });
        return { id: repository };
      },
      delete: (repositoryName) => images.deleteRepositoryPolicy({ repositoryName }),
    }),

    "aws:s3/bucket:Bucket": binding<s3.BucketArgs>({
      async create({ bucket: Bucket }) {
        await buckets.createBucket({
          Bucket,
          CreateBucketConfiguration: { LocationConstraint: "eu-central-1" },
        });
        return { id: Bucket, arn: `arn:aws:s3:::${Bucket}` };
      },
      delete: (Bucket) => buckets.deleteBucket({ Bucket }),
    }),

    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": binding<s3.BucketPublicAccessBlockArgs>({
      async create(inputs) {
        await buckets.putPublicAccessBlock({
          Bucket: inputs.bucket,
          PublicAccessBlockConfiguration: {
            BlockPublicAcls: inputs.blockPublicAcls,
            BlockPublicPolicy: inputs.blockPublicPolicy,
            IgnorePublicAcls: inputs.ignorePublicAcls,
            RestrictPublicBuckets: inputs.restrictPublicBuckets,
          },
        });
        return { id: inputs.bucket };
      },
      delete: (Bucket) => buckets.deletePublicAccessBlock({ Bucket }),
    }),

    "aws:s3/bucketOwnershipControls:BucketOwnershipControls": binding<s3.BucketOwnershipControlsArgs>({
      async create({ bucket }) {
        await buckets.putBucketOwnershipControls({
          Bucket: bucket,
          OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] },
        });
        return { id: bucket };
      },
      delete: (Bucket) => buckets.deleteBucketOwnershipControls({ Bucket }),
    }),

    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration":
      binding<s3.BucketServerSideEncryptionConfigurationArgs>({
        async create({ bucket }) {
          await buckets.putBucketEncryption({
            Bucket: bucket,
            ServerSideEncryptionConfiguration: {
              Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } }],
            },
          });
          return { id: bucket };
        },
        delete: (Bucket) => buckets.deleteBucketEncryption({ Bucket }),
      }),

    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration":
      binding<s3.BucketLifecycleConfigurationArgs>({
        async create({ bucket, rules = [] }) {
          await buckets.putBucketLifecycleConfiguration({
            Bucket: bucket,
            LifecycleConfiguration: {
              Rules: rules.map(({ id, expiration }) => ({
                ID: id,
                Status: "Enabled",
                Filter: { Prefix: "" },
                Expiration: { Days: expiration?.days },
              })),
            },
          });
          return { id: bucket };
        },
        delete: (Bucket) => buckets.deleteBucketLifecycle({ Bucket }),
      }),

    "aws:s3/bucketPolicy:BucketPolicy": binding<s3.BucketPolicyArgs>({
      async create({ bucket, policy }) {
        await buckets.putBucketPolicy({ Bucket: bucket, Policy: String(policy) });
        return { id: bucket };
      },
      delete: (Bucket) => buckets.deleteBucketPolicy({ Bucket }),
    }),
  };
}
