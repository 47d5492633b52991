/**
 * Shows that each configuration declares exactly these resources, no more and no fewer, also when nothing that AWS
 * computes is known yet. Can't show that AWS accepts them.
 */
import { test } from "tap";
import { configurations, record } from "./configurations.ts";

const least = {
  "aws:autoscaling/group:Group": 1,
  "aws:autoscaling/policy:Policy": 1,
  "aws:cloudwatch/dashboard:Dashboard": 1,
  "aws:cloudwatch/logGroup:LogGroup": 2,
  "aws:cloudwatch/metricAlarm:MetricAlarm": 5,
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": 1,
  "aws:ec2/eip:Eip": 1,
  "aws:ec2/flowLog:FlowLog": 1,
  "aws:ec2/internetGateway:InternetGateway": 1,
  "aws:ec2/launchTemplate:LaunchTemplate": 1,
  "aws:ec2/natGateway:NatGateway": 1,
  "aws:ec2/route:Route": 4,
  "aws:ec2/routeTable:RouteTable": 3,
  "aws:ec2/routeTableAssociation:RouteTableAssociation": 4,
  "aws:ec2/securityGroup:SecurityGroup": 2,
  "aws:ec2/subnet:Subnet": 4,
  "aws:ec2/vpc:Vpc": 1,
  "aws:ec2/vpcEndpoint:VpcEndpoint": 1,
  "aws:ecr/lifecyclePolicy:LifecyclePolicy": 1,
  "aws:ecr/repository:Repository": 1,
  "aws:iam/instanceProfile:InstanceProfile": 1,
  "aws:iam/role:Role": 2,
  "aws:iam/rolePolicy:RolePolicy": 2,
  "aws:lb/listener:Listener": 1,
  "aws:lb/listenerRule:ListenerRule": 1,
  "aws:lb/loadBalancer:LoadBalancer": 1,
  "aws:lb/targetGroup:TargetGroup": 1,
  "aws:s3/bucket:Bucket": 1,
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": 1,
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": 1,
  "aws:s3/bucketPolicy:BucketPolicy": 1,
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": 1,
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": 1,
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": 2,
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": 3,
  "command:local:Command": 1,
  "docker-build:index:Image": 1,
};

const tls = {
  "aws:lb/listener:Listener": 2,
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": 5,
};

/** What both functions have. */
const aFunction = {
  "aws:cloudwatch/dashboard:Dashboard": 1,
  "aws:cloudwatch/logGroup:LogGroup": 1,
  "aws:ecr/lifecyclePolicy:LifecyclePolicy": 1,
  "aws:ecr/repository:Repository": 1,
  "aws:ecr/repositoryPolicy:RepositoryPolicy": 1,
  "aws:iam/role:Role": 1,
  "aws:iam/rolePolicy:RolePolicy": 1,
  "aws:lambda/alias:Alias": 1,
  "aws:lambda/function:Function": 1,
  "docker-build:index:Image": 1,
};

const balancer = {
  "aws:lambda/permission:Permission": 1,
  "aws:lb/listener:Listener": 1,
  "aws:lb/listenerRule:ListenerRule": 1,
  "aws:lb/loadBalancer:LoadBalancer": 1,
  "aws:lb/targetGroup:TargetGroup": 1,
  "aws:lb/targetGroupAttachment:TargetGroupAttachment": 1,
  "aws:s3/bucket:Bucket": 1,
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": 1,
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": 1,
  "aws:s3/bucketPolicy:BucketPolicy": 1,
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": 1,
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": 1,
};

/** All that there is without a fleet: the network is what a load balancer needs, and without one there is none. */
const serverless: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  functionUrl: {
    ...aFunction,
    "aws:cloudwatch/metricAlarm:MetricAlarm": 4,
    "aws:lambda/functionUrl:FunctionUrl": 1,
  },
  balancedFunction: {
    ...aFunction,
    ...balancer,
    "aws:cloudwatch/logGroup:LogGroup": 2,
    "aws:cloudwatch/metricAlarm:MetricAlarm": 7,
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": 1,
    "aws:ec2/flowLog:FlowLog": 1,
    "aws:ec2/internetGateway:InternetGateway": 1,
    "aws:ec2/route:Route": 2,
    "aws:ec2/routeTable:RouteTable": 1,
    "aws:ec2/routeTableAssociation:RouteTableAssociation": 2,
    "aws:ec2/securityGroup:SecurityGroup": 1,
    "aws:ec2/subnet:Subnet": 2,
    "aws:ec2/vpc:Vpc": 1,
    "aws:iam/role:Role": 2,
    "aws:iam/rolePolicy:RolePolicy": 2,
    "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig": 1,
    "aws:sns/topic:Topic": 1,
    "aws:sns/topicSubscription:TopicSubscription": 1,
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": 2,
  },
  balancedFunctionInVpc: {
    ...aFunction,
    ...balancer,
    "aws:cloudwatch/metricAlarm:MetricAlarm": 7,
    "aws:ec2/securityGroup:SecurityGroup": 1,
    "aws:ecr/lifecyclePolicy:LifecyclePolicy": 0,
    "aws:ecr/repository:Repository": 0,
    "aws:ecr/repositoryPolicy:RepositoryPolicy": 0,
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": 2,
    "docker-build:index:Image": 0,
  },
};

/** Where each with a fleet differs from the least configuration; 0 is none at all. */
const differences: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  threeZones: {
    "aws:ec2/eip:Eip": 3,
    "aws:ec2/natGateway:NatGateway": 3,
    "aws:ec2/route:Route": 5,
    "aws:ec2/routeTable:RouteTable": 4,
    "aws:ec2/routeTableAssociation:RouteTableAssociation": 6,
    "aws:ec2/subnet:Subnet": 6,
  },
  noNat: {
    "aws:ec2/eip:Eip": 0,
    "aws:ec2/natGateway:NatGateway": 0,
    "aws:ec2/route:Route": 2,
    "aws:ec2/securityGroup:SecurityGroup": 3,
    "aws:ec2/vpcEndpoint:VpcEndpoint": 6,
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": 3,
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": 5,
  },
  domain: {
    ...tls,
    "aws:acm/certificate:Certificate": 1,
    "aws:acm/certificateValidation:CertificateValidation": 1,
    "aws:route53/record:Record": 3,
  },
  certificate: tls,
  existingVpc: {
    "aws:cloudwatch/logGroup:LogGroup": 1,
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": 0,
    "aws:ec2/eip:Eip": 0,
    "aws:ec2/flowLog:FlowLog": 0,
    "aws:ec2/internetGateway:InternetGateway": 0,
    "aws:ec2/natGateway:NatGateway": 0,
    "aws:ec2/route:Route": 0,
    "aws:ec2/routeTable:RouteTable": 0,
    "aws:ec2/routeTableAssociation:RouteTableAssociation": 0,
    "aws:ec2/subnet:Subnet": 0,
    "aws:ec2/vpc:Vpc": 0,
    "aws:ec2/vpcEndpoint:VpcEndpoint": 0,
    "aws:iam/role:Role": 1,
    "aws:iam/rolePolicy:RolePolicy": 1,
  },
  givenImage: {
    "aws:ecr/lifecyclePolicy:LifecyclePolicy": 0,
    "aws:ecr/repository:Repository": 0,
    "docker-build:index:Image": 0,
  },
  company: {
    "aws:budgets/budget:Budget": 1,
    "aws:sns/topic:Topic": 1,
    "aws:sns/topicSubscription:TopicSubscription": 1,
  },
  everything: {
    "aws:cloudwatch/logGroup:LogGroup": 3,
    "aws:lb/listenerRule:ListenerRule": 0,
    "aws:sns/topic:Topic": 1,
    "aws:sns/topicSubscription:TopicSubscription": 1,
    "aws:wafv2/webAcl:WebAcl": 1,
    "aws:wafv2/webAclAssociation:WebAclAssociation": 1,
    "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": 1,
  },
};

for (const [configuration, settings] of Object.entries(configurations)) {
  for (const preview of [false, true]) {
    test(`${configuration}${preview ? ", in a preview" : ""}: exactly these resources`, async (t) => {
      const { resources } = await record(settings, preview);
      const counts: Record<string, number> = {};
      for (const { custom, type } of resources) if (custom) counts[type] = (counts[type] ?? 0) + 1;
      const expected = Object.entries(
        serverless[configuration] ?? { ...least, ...differences[configuration] },
      ).filter(([, count]) => count > 0);
      t.strictSame(counts, Object.fromEntries(expected));
    });
  }
}
