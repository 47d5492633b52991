/**
 * Shows that each thing that checkov finds in the program has a reason to stay, in policy/accepted-findings.ts, and that
 * cfn-lint finds nothing: that AWS knows each property, and takes its value. Can't show what no scanner looks for.
 */
import { readFileSync } from "node:fs";
import { changed, recordProgram, selected, without } from "@sorted/infra-check";
import { aws, declared, toCloudFormation, toTerraform } from "@sorted/infra-check/aws";
import { cfnLint, checkov, scanChecks } from "@sorted/infra-check/system/scan";
import { parse } from "yaml";
import { acceptedFindings } from "../policy/accepted-findings.ts";
import { type Configuration, configurations, record } from "../test/configurations.ts";

const example = readFileSync(new URL("../Pulumi.production.example.yaml", import.meta.url), "utf8");
const { config }: { config: Record<string, unknown> } = parse(example);

const { resources: production } = await record(config);
const everyOther = await Promise.all(
  (Object.keys(configurations) as Configuration[]).map(
    async (name) => [name, (await record(name)).resources] as const,
  ),
);

// What may deploy, and who may take it, is a program of its own.
const { resources: trust } = await recordProgram({
  cloud: aws,
  project: "sorted-aws-trust",
  config: { repository: "someone/sorted", ownerId: "12", repositoryId: "345", environment: "staging" },
  calls: { "aws:iam/getRoles:getRoles": () => ({ id: "eu-central-1", names: [], arns: [] }) },
  run: () => import("../trust/index.ts"),
});

scanChecks({
  scanner: checkov("terraform", "main.tf"),
  translate: toTerraform,
  configurations: {
    production,
    least: (await record("least")).resources,
    noNat: (await record("noNat")).resources,
    company: (await record("company")).resources,
    functionUrl: (await record("functionUrl")).resources,
    balancedFunction: (await record("balancedFunction")).resources,
    trust,
  },
  accepted: acceptedFindings,
  mistakes: {
    "a metadata service that answers without a token": {
      make: (records) =>
        changed(
          records,
          { type: "aws:ec2/launchTemplate:LaunchTemplate" },
          { metadataOptions: { httpTokens: "optional" } },
        ),
      check: "CKV_AWS_79",
      resource: "LaunchTemplate sorted",
    },
    "a load balancer that passes invalid headers on": {
      make: (records) =>
        changed(records, { type: "aws:lb/loadBalancer:LoadBalancer" }, { dropInvalidHeaderFields: false }),
      check: "CKV_AWS_131",
      resource: "LoadBalancer sorted",
    },
    "a role that may do everything": {
      make: (records) =>
        changed(
          records,
          { type: "aws:iam/rolePolicy:RolePolicy", name: "sorted-flow" },
          { policy: JSON.stringify({ Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] }) },
        ),
      check: "CKV_AWS_63",
      resource: "RolePolicy sorted-flow",
    },
    "a role that everybody on GitHub may take": {
      of: "trust",
      make: (records) => {
        const role = { type: "aws:iam/role:Role" };
        const policy = String(selected(records, role).inputs["assumeRolePolicy"]);
        return changed(records, role, { assumeRolePolicy: policy.replaceAll(/repo:[^"]*/g, "repo:*") });
      },
      check: "CKV_AWS_393",
      resource: "Role pipeline-sorted-staging",
    },
    "SSH that is open to everybody": {
      make: (records) => [
        ...records,
        declared("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "ssh", {
          securityGroupId: "sorted-instances-id",
          ipProtocol: "tcp",
          fromPort: 22,
          toPort: 22,
          cidrIpv4: "0.0.0.0/0",
        }),
      ],
      check: "CKV_AWS_24",
      resource: "SecurityGroupIngressRule ssh",
    },
    "a bucket that nothing keeps from being public": {
      make: (records) => without(records, { type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock" }),
      check: "CKV2_AWS_6",
      resource: "Bucket sorted-access-logs",
    },
    "a load balancer that the firewall does not stand in front of": {
      make: (records) => without(records, { type: "aws:wafv2/webAclAssociation:WebAclAssociation" }),
      check: "CKV2_AWS_28",
      resource: "LoadBalancer sorted",
    },
  },
});

scanChecks({
  scanner: cfnLint("eu-central-1"),
  translate: toCloudFormation,
  configurations: { production, ...Object.fromEntries(everyOther), trust },
  accepted: [],
  mistakes: {
    "a type of instance that does not exist": {
      make: (records) =>
        changed(records, { type: "aws:ec2/launchTemplate:LaunchTemplate" }, { instanceType: "c7g.larg" }),
      check: "E3628",
      resource: "LaunchTemplate sorted",
    },
    "a word that is none of those that a property takes": {
      make: (records) =>
        changed(records, { type: "aws:autoscaling/policy:Policy" }, { policyType: "TargetTracking" }),
      check: "E3030",
      resource: "Policy sorted",
    },
    "a property that does not exist, within another one": {
      make: (records) =>
        changed(
          records,
          { type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock" },
          { blockPublicAcl: true },
        ),
      check: "E3002",
      resource: "Bucket sorted-access-logs",
    },
    "a policy without an effect": {
      make: (records) =>
        changed(
          records,
          { type: "aws:iam/rolePolicy:RolePolicy", name: "sorted-flow" },
          {
            policy: JSON.stringify({
              Version: "2012-10-17",
              Statement: [{ Action: "logs:PutLogEvents", Resource: "*" }],
            }),
          },
        ),
      check: "E3510",
      resource: "RolePolicy sorted-flow",
    },
  },
});
