/**
 * What scanners find in this program and what stays, with the reason. docs/aws-findings.md is made from it. The system check
 * `scanners` fails where a finding has no reason, and where a reason has no finding.
 */
import type { AcceptedFinding } from "@sorted/infra-check";

/** Configurations without a domain and `protect`, which the example for production has. */
const small = ["least", "noNat", "company", "balancedFunction"];

/** Configurations without `kmsKeyArn`. */
const withAwsKeys = ["production", "least", "noNat", "functionUrl", "balancedFunction"];

const ownKey =
  "AWS encrypts it with a key of its own. A key of yours is the setting `kmsKeyArn`: it costs money each month, and everybody who reads needs a right to use it.";
const withoutDomain =
  "AWS gives no certificate for the load balancer's own name. With `domainName` or `certificateArn` there is HTTPS, and port 80 only leads there.";
const deployer =
  "AWS makes up the IDs of most of what a deployment creates, so that a policy can't name them before. Hence the advice to use one account for each environment.";
const logsOfClients =
  "The bucket holds nothing but the load balancer's access logs, which expire. AWS writes each file once.";

export const acceptedFindings: readonly AcceptedFinding[] = [
  {
    check: "CKV_AWS_136",
    says: "Ensure that ECR repositories are encrypted using KMS",
    resources: ["Repository sorted"],
    only: withAwsKeys,
    reason: ownKey,
  },
  {
    check: "CKV_AWS_158",
    says: "Ensure that CloudWatch Log Group is encrypted by KMS",
    resources: ["LogGroup aws-waf-logs-sorted", "LogGroup sorted", "LogGroup sorted-flow"],
    only: withAwsKeys,
    reason: ownKey,
  },
  {
    check: "CKV_AWS_173",
    says: "Check encryption settings for Lambda environmental variable",
    resources: ["Function sorted"],
    reason: `${ownKey} The variables hold no secret: of keys they have hashes only.`,
  },
  {
    check: "CKV_AWS_145",
    says: "Ensure that S3 buckets are encrypted with KMS by default",
    resources: ["Bucket sorted-access-logs"],
    reason:
      "A load balancer can write its access logs only to a bucket with S3's own keys ([AWS](https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html)).",
  },
  {
    check: "CKV_AWS_26",
    says: "Ensure all data stored in the SNS topic is encrypted",
    resources: ["Topic sorted-alarms"],
    only: ["production", "balancedFunction"],
    reason:
      "CloudWatch can't publish to a topic under AWS's own key, and a key of yours, by `kmsKeyArn`, costs money each month ([AWS](https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html)). An alarm says which threshold was crossed, and no more.",
  },
  {
    check: "CKV_AWS_338",
    says: "Ensure CloudWatch log groups retains logs for at least 1 year",
    resources: ["LogGroup aws-waf-logs-sorted", "LogGroup sorted", "LogGroup sorted-flow"],
    reason: "`logRetentionDays` decides. The default is 30 days, as each day costs money.",
  },
  {
    check: "CKV_AWS_2",
    says: "Ensure ALB protocol is HTTPS",
    resources: ["Listener sorted-http"],
    only: small,
    reason: withoutDomain,
  },
  {
    check: "CKV_AWS_103",
    says: "Ensure that load balancer is using at least TLS 1.2",
    resources: ["Listener sorted-http"],
    only: small,
    reason: withoutDomain,
  },
  {
    check: "CKV2_AWS_20",
    says: "Ensure that ALB redirects HTTP requests into HTTPS ones",
    resources: ["LoadBalancer sorted"],
    only: small,
    reason: withoutDomain,
  },
  {
    check: "CKV_AWS_378",
    says: "Ensure AWS Load Balancer doesn't use HTTP protocol",
    resources: ["TargetGroup sorted"],
    only: ["least", "noNat", "company"],
    reason:
      "The load balancer speaks HTTP to the instances, inside the VPC. checkov no longer says so when there is HTTPS in front.",
  },
  {
    check: "CKV_AWS_260",
    says: "Ensure no security groups allow ingress from 0.0.0.0:0 to port 80",
    resources: ["SecurityGroupIngressRule sorted-clients-80-1"],
    reason:
      "This is how clients reach the service, or are led to HTTPS. `allowedRanges` says which clients may.",
  },
  {
    check: "CKV_AWS_260",
    says: "Ensure no security groups allow ingress from 0.0.0.0:0 to port 80",
    resources: ["SecurityGroupIngressRule sorted-instances-from-balancer"],
    reason:
      "Not so: the rule admits the load balancer's security group. checkov overlooks `referencedSecurityGroupId`.",
  },
  {
    check: "CKV2_AWS_28",
    says: "Ensure public facing ALB are protected by WAF",
    resources: ["LoadBalancer sorted"],
    only: ["least", "noNat", "balancedFunction"],
    reason: "The firewall costs money each month: it is the setting `waf`.",
  },
  {
    check: "CKV2_AWS_76",
    says: "Ensure AWS ALB attached WAFv2 WebACL is configured with AMR for Log4j Vulnerability",
    resources: ["LoadBalancer sorted"],
    only: ["production"],
    reason:
      "The rules against Log4j are in `AWSManagedRulesKnownBadInputsRuleSet`, which is on. checkov also asks for a list that refuses hosting providers, where many clients of an API run.",
  },
  {
    check: "CKV_AWS_150",
    says: "Ensure that Load Balancer has deletion protection enabled",
    resources: ["LoadBalancer sorted"],
    only: small,
    reason: "It is the setting `protect`. A stack to try out should be easy to remove.",
  },
  {
    check: "CKV_AWS_18",
    says: "Ensure the S3 bucket has access logging enabled",
    resources: ["Bucket sorted-access-logs"],
    reason: `${logsOfClients} It would need another bucket for the logs of this one.`,
  },
  {
    check: "CKV_AWS_21",
    says: "Ensure all data stored in the S3 bucket have versioning enabled",
    resources: ["Bucket sorted-access-logs"],
    reason: logsOfClients,
  },
  {
    check: "CKV_AWS_144",
    says: "Ensure that S3 bucket has cross-region replication enabled",
    resources: ["Bucket sorted-access-logs"],
    reason: `${logsOfClients} The service does not need them.`,
  },
  {
    check: "CKV2_AWS_62",
    says: "Ensure S3 buckets should have event notifications enabled",
    resources: ["Bucket sorted-access-logs"],
    reason: `${logsOfClients} Nothing waits for a new one.`,
  },
  {
    check: "CKV_AWS_290",
    says: "Ensure IAM policies does not allow write access without constraints",
    resources: ["RolePolicy sorted"],
    reason:
      "Session Manager's channels have no resource that a policy could name ([AWS](https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonmessagegatewayservice.html)).",
  },
  {
    check: "CKV_AWS_355",
    says: 'Ensure no IAM policies documents allow "*" as a statement\'s resource for restrictable actions',
    resources: ["RolePolicy sorted"],
    reason:
      "Of the actions with `*` only `ssm:UpdateInstanceInformation` could name a resource: the instance, which does not exist when the role is made.",
  },
  {
    check: "CKV_AWS_290",
    says: "Ensure IAM policies does not allow write access without constraints",
    resources: ["Policy pipeline-sorted-deploy-network", "Policy pipeline-sorted-deploy-services"],
    reason: deployer,
  },
  {
    check: "CKV_AWS_355",
    says: 'Ensure no IAM policies documents allow "*" as a statement\'s resource for restrictable actions',
    resources: [
      "Policy pipeline-sorted-deploy-network",
      "Policy pipeline-sorted-deploy-read",
      "Policy pipeline-sorted-deploy-services",
    ],
    reason: deployer,
  },
  {
    check: "CKV_AWS_289",
    says: "Ensure IAM policies does not allow permissions management / resource exposure without constraints",
    resources: ["Policy pipeline-sorted-deploy-services"],
    reason: `Whoever makes the topic of alarms also gives it its policy. ${deployer}`,
  },
  {
    check: "CKV_AWS_258",
    says: "Ensure that Lambda function URLs AuthType is not None",
    resources: ["FunctionUrl sorted"],
    reason:
      "The URL serves everybody, as the load balancer does. With `apiKeyHashes` the service asks for a key.",
  },
  {
    check: "CKV_AWS_115",
    says: "Ensure that AWS Lambda function is configured for function-level concurrent execution limit",
    resources: ["Function sorted"],
    only: ["functionUrl"],
    reason:
      "It is the setting `instanceLimit`. By default the function shares what the account has, of which a limit of its own would be taken.",
  },
  {
    check: "CKV_AWS_116",
    says: "Ensure that AWS Lambda function is configured for a Dead Letter Queue(DLQ)",
    resources: ["Function sorted"],
    reason:
      "A dead letter queue is for asynchronous calls. The URL and the load balancer wait for the answer.",
  },
  {
    check: "CKV_AWS_117",
    says: "Ensure that AWS Lambda function is configured inside a VPC",
    resources: ["Function sorted"],
    reason: "The function calls nothing, so that it needs no network of its own.",
  },
  {
    check: "CKV_AWS_272",
    says: "Ensure AWS Lambda function is configured to validate code-signing",
    resources: ["Function sorted"],
    reason:
      "Lambda does not check signatures of images ([AWS](https://docs.aws.amazon.com/lambda/latest/dg/configuration-codesigning.html)). The digest says which image runs.",
  },
  {
    check: "CKV_AWS_50",
    says: "X-Ray tracing is enabled for Lambda",
    resources: ["Function sorted"],
    reason:
      "Each trace costs money, and the function calls nothing that a trace would show. The dashboard has its durations.",
  },
];
