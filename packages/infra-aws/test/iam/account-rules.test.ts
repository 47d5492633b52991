/** Shows that what an account asks for is in everything that the program declares. */
import { test } from "tap";
import { configurations, ofType, one, record } from "../configurations.ts";

const { rolePath, permissionsBoundaryArn, kmsKeyArn } = configurations.company;

test("every role has the path and the boundary, and every instance profile the path", async (t) => {
  const program = await record("company");
  const roles = ofType(program, "iam/role:Role");
  t.strictSame(roles.map(({ name }) => name).toSorted(), ["sorted", "sorted-flow"]);
  for (const { inputs } of roles) {
    t.match(inputs, { path: rolePath, permissionsBoundary: permissionsBoundaryArn });
  }
  t.match(one(program, "iam/instanceProfile:InstanceProfile").inputs, { path: rolePath });
  const serverless = await record({ compute: "serverless", permissionsBoundaryArn });
  t.match(one(serverless, "iam/role:Role").inputs, { permissionsBoundary: permissionsBoundaryArn });
});

test("without these settings roles are as AWS makes them", async (t) => {
  for (const { inputs } of ofType(await record("least"), "iam/role:Role")) {
    t.strictSame([inputs["path"], inputs["permissionsBoundary"]], [undefined, undefined]);
  }
});

test("a key of the account's own encrypts disks, images, logs and alarms", async (t) => {
  const program = await record({ ...configurations.company, waf: true });
  const disks = [{ ebs: { encrypted: "true", kmsKeyId: kmsKeyArn } }];
  t.match(one(program, "ec2/launchTemplate:LaunchTemplate").inputs["blockDeviceMappings"], disks);
  t.match(one(program, "ecr/repository:Repository").inputs["encryptionConfigurations"], [
    { encryptionType: "KMS", kmsKey: kmsKeyArn },
  ]);
  const groups = ofType(program, "cloudwatch/logGroup:LogGroup");
  t.equal(groups.length, 3);
  for (const { name, inputs } of groups) t.equal(inputs["kmsKeyId"], kmsKeyArn, name);
  t.equal(one(program, "sns/topic:Topic").inputs["kmsMasterKeyId"], kmsKeyArn);
});

test("it encrypts the environment of a function", async (t) => {
  const program = await record({ compute: "serverless", kmsKeyArn });
  t.equal(one(program, "lambda/function:Function").inputs["kmsKeyArn"], kmsKeyArn);
});

test("access logs keep S3's own keys, the only ones that the load balancer can write with", async (t) => {
  const encryption = "s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
  t.match(one(await record("company"), encryption).inputs, {
    rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
  });
});
