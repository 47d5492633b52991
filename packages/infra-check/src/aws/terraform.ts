/** Declared resources of AWS as a configuration of Terraform: the form that checkov has most rules for. */
import type { RecordedResource } from "../recorder/monitor.ts";
import { type Records, UntranslatableError } from "../recorder/records.ts";
import { isList, isProperties, type Value } from "../recorder/value.ts";
import { labelOf, type Translation } from "../scan/finding.ts";

/** Terraform's names of the types, without `aws_`, by Pulumi's. */
const types: Readonly<Record<string, string>> = {
  "acm/certificate:Certificate": "acm_certificate",
  "acm/certificateValidation:CertificateValidation": "acm_certificate_validation",
  "autoscaling/group:Group": "autoscaling_group",
  "autoscaling/policy:Policy": "autoscaling_policy",
  "budgets/budget:Budget": "budgets_budget",
  "cloudwatch/dashboard:Dashboard": "cloudwatch_dashboard",
  "cloudwatch/logGroup:LogGroup": "cloudwatch_log_group",
  "cloudwatch/metricAlarm:MetricAlarm": "cloudwatch_metric_alarm",
  "ec2/defaultSecurityGroup:DefaultSecurityGroup": "default_security_group",
  "ec2/eip:Eip": "eip",
  "ec2/flowLog:FlowLog": "flow_log",
  "ec2/internetGateway:InternetGateway": "internet_gateway",
  "ec2/launchTemplate:LaunchTemplate": "launch_template",
  "ec2/natGateway:NatGateway": "nat_gateway",
  "ec2/route:Route": "route",
  "ec2/routeTable:RouteTable": "route_table",
  "ec2/routeTableAssociation:RouteTableAssociation": "route_table_association",
  "ec2/securityGroup:SecurityGroup": "security_group",
  "ec2/subnet:Subnet": "subnet",
  "ec2/vpc:Vpc": "vpc",
  "ec2/vpcEndpoint:VpcEndpoint": "vpc_endpoint",
  "ecr/lifecyclePolicy:LifecyclePolicy": "ecr_lifecycle_policy",
  "ecr/repository:Repository": "ecr_repository",
  "ecr/repositoryPolicy:RepositoryPolicy": "ecr_repository_policy",
  "iam/instanceProfile:InstanceProfile": "iam_instance_profile",
  "iam/openIdConnectProvider:OpenIdConnectProvider": "iam_openid_connect_provider",
  "iam/policy:Policy": "iam_policy",
  "iam/role:Role": "iam_role",
  "iam/rolePolicy:RolePolicy": "iam_role_policy",
  "iam/rolePolicyAttachment:RolePolicyAttachment": "iam_role_policy_attachment",
  "lambda/alias:Alias": "lambda_alias",
  "lambda/function:Function": "lambda_function",
  "lambda/functionUrl:FunctionUrl": "lambda_function_url",
  "lambda/permission:Permission": "lambda_permission",
  "lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig": "lambda_provisioned_concurrency_config",
  "lb/listener:Listener": "lb_listener",
  "lb/listenerRule:ListenerRule": "lb_listener_rule",
  "lb/loadBalancer:LoadBalancer": "lb",
  "lb/targetGroup:TargetGroup": "lb_target_group",
  "lb/targetGroupAttachment:TargetGroupAttachment": "lb_target_group_attachment",
  "route53/record:Record": "route53_record",
  "s3/bucket:Bucket": "s3_bucket",
  "s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": "s3_bucket_lifecycle_configuration",
  "s3/bucketOwnershipControls:BucketOwnershipControls": "s3_bucket_ownership_controls",
  "s3/bucketPolicy:BucketPolicy": "s3_bucket_policy",
  "s3/bucketPublicAccessBlock:BucketPublicAccessBlock": "s3_bucket_public_access_block",
  "s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration":
    "s3_bucket_server_side_encryption_configuration",
  "sns/topic:Topic": "sns_topic",
  "sns/topicSubscription:TopicSubscription": "sns_topic_subscription",
  "vpc/securityGroupEgressRule:SecurityGroupEgressRule": "vpc_security_group_egress_rule",
  "vpc/securityGroupIngressRule:SecurityGroupIngressRule": "vpc_security_group_ingress_rule",
  "wafv2/webAcl:WebAcl": "wafv2_web_acl",
  "wafv2/webAclAssociation:WebAclAssociation": "wafv2_web_acl_association",
  "wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": "wafv2_web_acl_logging_configuration",
};

/** Pulumi names a block that may be repeated in the plural, Terraform in the singular. */
const singular: Readonly<Record<string, string>> = {
  actions: "action",
  aliases: "alias",
  client_id_lists: "client_id_list",
  conditions: "condition",
  default_actions: "default_action",
  encryption_configurations: "encryption_configuration",
  filters: "filter",
  notifications: "notification",
  overrides: "override",
  rule_action_overrides: "rule_action_override",
  rules: "rule",
  vpc_zone_identifiers: "vpc_zone_identifier",
};

/** Maps whose keys are the program's own, or a service's, and not Terraform's. */
const maps = ["dimensions", "tags", "variables"];

/**
 * The configuration that makes what is declared.
 *
 * @throws {UntranslatableError} for a type that the translation doesn't know
 */
export function toTerraform(records: Records): Translation {
  const ours = records.filter(({ type }) => type.startsWith("aws:"));
  const byUrn = new Map(ours.map((record) => [record.urn, record]));
  return {
    text: ours.map((record) => resourceBlock(record, byUrn)).join("\n"),
    labels: new Map(ours.map((record) => [address(record), labelOf(record)])),
  };
}

/** `aws_lb.sorted` */
function address(record: RecordedResource): string {
  const type = types[record.type.replace("aws:", "")];
  if (type === undefined)
    throw new UntranslatableError(record, "its type is missing in src/aws/terraform.ts");
  return `aws_${type}.${record.name}`;
}

function resourceBlock(record: RecordedResource, byUrn: ReadonlyMap<string, RecordedResource>): string {
  const [type, name] = address(record).split(".");
  const lines = Object.entries(record.inputs).flatMap(([property, value]) => {
    const urns = record.options.propertyDependencies[property] ?? [];
    return argument(
      property,
      value,
      urns.flatMap((urn) => byUrn.get(urn) ?? []),
    );
  });
  // Pulumi makes the new resource first, unless it is told otherwise.
  const lifecycle = `lifecycle {\ncreate_before_destroy = ${!record.options.deleteBeforeReplace}\n}`;
  return `resource "${type}" "${name}" {\n${[...lines, lifecycle].join("\n")}\n}\n`;
}

/** An argument or the blocks of a resource, from a property of Pulumi's. */
function argument(property: string, value: Value, referred: Records): readonly string[] {
  const name = terraformName(property, value);
  const values = isList(value) ? value : [value];
  if (
    (maps.includes(property) && isProperties(value)) ||
    values.length === 0 ||
    !values.every(isProperties)
  ) {
    return [`${name} = ${JSON.stringify(expression(value, referred))}`];
  }
  return values.map((block) => {
    const lines = Object.entries(block).flatMap(([inner, item]) => argument(inner, item, referred));
    return `${name} {\n${lines.join("\n")}\n}`;
  });
}

/** `blockDeviceMappings` is `block_device_mappings`. */
function terraformName(property: string, value: Value): string {
  const name = property.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return name === "tags" && isList(value) ? "tag" : (singular[name] ?? name);
}

/** The value, with references to other resources in place of what these compute: checkov follows references. */
function expression(value: Value, referred: Records): Value {
  if (isList(value)) return value.map((item) => expression(item, referred));
  if (typeof value !== "string") return value;
  const target = referred.find(({ id, outputs }) => value === id || Object.values(outputs).includes(value));
  if (!target) return value.replaceAll("${", () => "$${");
  return `\${${address(target)}.${value === target.outputs["arn"] ? "arn" : "id"}}`;
}
