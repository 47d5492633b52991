/** What the stand-in provider for AWS must know of each type, beyond what the SDK's declarations say. */
import type { ResourceType } from "../engine/cloud.ts";
import type { CloudFacts } from "../engine/memory-cloud.ts";
import { computedOutputs, sdkOf } from "../engine/resource-type.ts";
import { refuse } from "./account/refusals.ts";
import { awsCalls } from "./calls.ts";
import { awsOutputs } from "./outputs.ts";

/** From the documentation of the Terraform provider that Pulumi's is made of: "forces new resource". */
const replaceOn: Readonly<Record<string, readonly string[]>> = {
  "aws:acm/certificate:Certificate": ["domainName", "validationMethod"],
  "aws:acm/certificateValidation:CertificateValidation": ["certificateArn", "validationRecordFqdns"],
  "aws:autoscaling/group:Group": ["name"],
  "aws:autoscaling/policy:Policy": ["name", "autoscalingGroupName"],
  "aws:budgets/budget:Budget": ["name"],
  "aws:cloudwatch/dashboard:Dashboard": ["dashboardName"],
  "aws:cloudwatch/logGroup:LogGroup": ["name"],
  "aws:cloudwatch/metricAlarm:MetricAlarm": ["name"],
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": ["vpcId"],
  "aws:ec2/eip:Eip": ["domain"],
  "aws:ec2/flowLog:FlowLog": ["vpcId", "trafficType", "logDestination", "iamRoleArn"],
  "aws:ec2/internetGateway:InternetGateway": [],
  "aws:ec2/launchTemplate:LaunchTemplate": ["name"],
  "aws:ec2/natGateway:NatGateway": ["subnetId", "allocationId"],
  "aws:ec2/route:Route": ["routeTableId", "destinationCidrBlock", "destinationIpv6CidrBlock"],
  "aws:ec2/routeTable:RouteTable": ["vpcId"],
  "aws:ec2/routeTableAssociation:RouteTableAssociation": ["subnetId"],
  "aws:ec2/securityGroup:SecurityGroup": ["name", "description", "vpcId"],
  "aws:ec2/subnet:Subnet": ["vpcId", "availabilityZone", "cidrBlock"],
  "aws:ec2/vpc:Vpc": ["cidrBlock"],
  "aws:ec2/vpcEndpoint:VpcEndpoint": ["vpcId", "serviceName", "vpcEndpointType"],
  "aws:ecr/lifecyclePolicy:LifecyclePolicy": ["repository", "policy"],
  "aws:ecr/repository:Repository": ["name", "encryptionConfigurations"],
  "aws:ecr/repositoryPolicy:RepositoryPolicy": ["repository"],
  "aws:iam/instanceProfile:InstanceProfile": ["name", "path"],
  "aws:iam/role:Role": ["name", "path"],
  "aws:iam/rolePolicy:RolePolicy": ["name", "role"],
  "aws:lambda/alias:Alias": ["name", "functionName"],
  "aws:lambda/function:Function": ["name", "packageType"],
  "aws:lambda/functionUrl:FunctionUrl": ["functionName", "qualifier"],
  "aws:lambda/permission:Permission": ["function", "qualifier", "action", "principal", "sourceArn"],
  "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig": ["functionName", "qualifier"],
  "aws:lb/listener:Listener": ["loadBalancerArn"],
  "aws:lb/listenerRule:ListenerRule": ["listenerArn"],
  "aws:lb/loadBalancer:LoadBalancer": ["name", "internal", "loadBalancerType"],
  "aws:lb/targetGroup:TargetGroup": ["name", "port", "protocol", "vpcId", "targetType"],
  "aws:lb/targetGroupAttachment:TargetGroupAttachment": ["targetGroupArn", "targetId"],
  "aws:route53/record:Record": ["zoneId", "name", "type"],
  "aws:s3/bucket:Bucket": ["bucket"],
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": ["bucket"],
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": ["bucket"],
  "aws:s3/bucketPolicy:BucketPolicy": ["bucket"],
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": ["bucket"],
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": ["bucket"],
  "aws:sns/topic:Topic": ["name"],
  "aws:sns/topicSubscription:TopicSubscription": ["topic", "protocol", "endpoint"],
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": ["securityGroupId"],
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": ["securityGroupId"],
  "aws:wafv2/webAcl:WebAcl": ["name", "scope"],
  "aws:wafv2/webAclAssociation:WebAclAssociation": ["webAclArn", "resourceArn"],
  "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": ["resourceArn"],
};

const changing: Readonly<Record<string, readonly string[]>> = {
  "aws:ec2/launchTemplate:LaunchTemplate": ["latestVersion"],
  "aws:lambda/function:Function": ["version"],
};

const named =
  /:(Group|Budget|Policy|LogGroup|MetricAlarm|Function|LaunchTemplate|SecurityGroup|Repository|InstanceProfile|Role|RolePolicy|LoadBalancer|TargetGroup|Topic|WebAcl)$/;

/**
 * The stand-in provider for AWS.
 *
 * @param program a file of the program, whose `@pulumi/aws` says what its types compute
 */
export function awsFacts(program: string): CloudFacts {
  const sdk = sdkOf("@pulumi/aws", program);
  const typeOf = (type: string): ResourceType => {
    const replacing = replaceOn[type];
    if (!replacing) throw new Error(`The stand-in provider for AWS doesn't know what makes a new ${type}`);
    return {
      computed: computedOutputs(sdk, type),
      changing: changing[type] ?? [],
      replaceOn: replacing,
      named: type === "aws:s3/bucket:Bucket" ? "bucket" : named.test(type) ? "name" : undefined,
      suffix: (digits) => `-${digits.slice(0, 7)}`,
    };
  };
  return { typeOf, outputs: awsOutputs, answers: awsCalls, sendsChanges: true, refuse };
}
