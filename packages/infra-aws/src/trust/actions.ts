/**
 * What each type of resource takes to create, read, change and delete. test/trust/deploy-policy.test.ts sees to it that no type
 * of the program is missing, and system/deploy-policy.test.ts compares with AWS's reference; whether AWS asks for more, only a
 * real account shows.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */

const tags = (service: string) => [`${service}:AddTags`, `${service}:RemoveTags`];
const ec2Tags = ["ec2:CreateTags", "ec2:DeleteTags"];

/** The actions for each type. What only reads is in deploy-policy.ts, by service. */
export const actionsOf: Readonly<Record<string, readonly string[]>> = {
  // The roll-out.
  "command:local:Command": [
    "autoscaling:StartInstanceRefresh",
    "autoscaling:CancelInstanceRefresh",
    "autoscaling:RollbackInstanceRefresh",
    "autoscaling:UpdateAutoScalingGroup",
  ],
  "aws:acm/certificate:Certificate": [
    "acm:RequestCertificate",
    "acm:DeleteCertificate",
    "acm:AddTagsToCertificate",
    "acm:RemoveTagsFromCertificate",
  ],
  "aws:acm/certificateValidation:CertificateValidation": [],
  "aws:autoscaling/group:Group": [
    "autoscaling:CreateAutoScalingGroup",
    "autoscaling:UpdateAutoScalingGroup",
    "autoscaling:DeleteAutoScalingGroup",
    "autoscaling:CreateOrUpdateTags",
    "autoscaling:DeleteTags",
    "autoscaling:EnableMetricsCollection",
    "autoscaling:DisableMetricsCollection",
    "autoscaling:AttachLoadBalancerTargetGroups",
    "autoscaling:DetachLoadBalancerTargetGroups",
    "autoscaling:SetInstanceProtection",
    "ec2:RunInstances",
  ],
  "aws:autoscaling/policy:Policy": ["autoscaling:PutScalingPolicy", "autoscaling:DeletePolicy"],
  "aws:budgets/budget:Budget": ["budgets:ModifyBudget", "budgets:TagResource", "budgets:UntagResource"],
  "aws:cloudwatch/dashboard:Dashboard": ["cloudwatch:PutDashboard", "cloudwatch:DeleteDashboards"],
  "aws:cloudwatch/logGroup:LogGroup": [
    "logs:CreateLogGroup",
    "logs:DeleteLogGroup",
    "logs:PutRetentionPolicy",
    "logs:AssociateKmsKey",
    "logs:DisassociateKmsKey",
    "logs:DeleteRetentionPolicy",
    "logs:TagResource",
    "logs:UntagResource",
  ],
  "aws:cloudwatch/metricAlarm:MetricAlarm": [
    "cloudwatch:PutMetricAlarm",
    "cloudwatch:DeleteAlarms",
    "cloudwatch:TagResource",
    "cloudwatch:UntagResource",
  ],
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": [
    "ec2:RevokeSecurityGroupIngress",
    "ec2:RevokeSecurityGroupEgress",
    ...ec2Tags,
  ],
  "aws:ec2/eip:Eip": ["ec2:AllocateAddress", "ec2:ReleaseAddress", "ec2:DisassociateAddress", ...ec2Tags],
  "aws:ec2/flowLog:FlowLog": [
    "ec2:CreateFlowLogs",
    "ec2:DeleteFlowLogs",
    // EC2 asks for these in the name of whoever declares a flow log into CloudWatch Logs.
    "logs:CreateLogDelivery",
    "logs:DeleteLogDelivery",
    ...ec2Tags,
  ],
  "aws:ec2/internetGateway:InternetGateway": [
    "ec2:CreateInternetGateway",
    "ec2:DeleteInternetGateway",
    "ec2:AttachInternetGateway",
    "ec2:DetachInternetGateway",
    ...ec2Tags,
  ],
  "aws:ec2/launchTemplate:LaunchTemplate": [
    "ec2:CreateLaunchTemplate",
    "ec2:CreateLaunchTemplateVersion",
    "ec2:ModifyLaunchTemplate",
    "ec2:DeleteLaunchTemplate",
    ...ec2Tags,
  ],
  "aws:ec2/natGateway:NatGateway": ["ec2:CreateNatGateway", "ec2:DeleteNatGateway", ...ec2Tags],
  "aws:ec2/route:Route": ["ec2:CreateRoute", "ec2:ReplaceRoute", "ec2:DeleteRoute"],
  "aws:ec2/routeTable:RouteTable": ["ec2:CreateRouteTable", "ec2:DeleteRouteTable", ...ec2Tags],
  "aws:ec2/routeTableAssociation:RouteTableAssociation": [
    "ec2:AssociateRouteTable",
    "ec2:DisassociateRouteTable",
    "ec2:ReplaceRouteTableAssociation",
  ],
  "aws:ec2/securityGroup:SecurityGroup": [
    "ec2:CreateSecurityGroup",
    "ec2:DeleteSecurityGroup",
    "ec2:RevokeSecurityGroupEgress",
    ...ec2Tags,
  ],
  "aws:ec2/subnet:Subnet": [
    "ec2:CreateSubnet",
    "ec2:DeleteSubnet",
    "ec2:ModifySubnetAttribute",
    "ec2:AssociateSubnetCidrBlock",
    "ec2:DisassociateSubnetCidrBlock",
    ...ec2Tags,
  ],
  "aws:ec2/vpc:Vpc": [
    "ec2:CreateVpc",
    "ec2:DeleteVpc",
    "ec2:ModifyVpcAttribute",
    "ec2:AssociateVpcCidrBlock",
    "ec2:DisassociateVpcCidrBlock",
    ...ec2Tags,
  ],
  "aws:ec2/vpcEndpoint:VpcEndpoint": [
    "ec2:CreateVpcEndpoint",
    "ec2:ModifyVpcEndpoint",
    "ec2:DeleteVpcEndpoints",
    // A name of the service's own in the VPC.
    "route53:AssociateVPCWithHostedZone",
    ...ec2Tags,
  ],
  "aws:ecr/lifecyclePolicy:LifecyclePolicy": ["ecr:PutLifecyclePolicy", "ecr:DeleteLifecyclePolicy"],
  "aws:ecr/repository:Repository": [
    "ecr:CreateRepository",
    "ecr:DeleteRepository",
    "ecr:PutImageScanningConfiguration",
    "ecr:PutImageTagMutability",
    "ecr:TagResource",
    "ecr:UntagResource",
  ],
  "aws:ecr/repositoryPolicy:RepositoryPolicy": ["ecr:SetRepositoryPolicy", "ecr:DeleteRepositoryPolicy"],
  "aws:iam/instanceProfile:InstanceProfile": [
    "iam:CreateInstanceProfile",
    "iam:DeleteInstanceProfile",
    "iam:AddRoleToInstanceProfile",
    "iam:RemoveRoleFromInstanceProfile",
    "iam:TagInstanceProfile",
    "iam:UntagInstanceProfile",
  ],
  "aws:iam/role:Role": [
    "iam:CreateRole",
    "iam:DeleteRole",
    "iam:UpdateAssumeRolePolicy",
    "iam:PutRolePermissionsBoundary",
    "iam:DeleteRolePermissionsBoundary",
    "iam:TagRole",
    "iam:UntagRole",
  ],
  "aws:iam/rolePolicy:RolePolicy": ["iam:PutRolePolicy", "iam:DeleteRolePolicy"],
  "aws:lambda/alias:Alias": ["lambda:CreateAlias", "lambda:UpdateAlias", "lambda:DeleteAlias"],
  "aws:lambda/function:Function": [
    "lambda:CreateFunction",
    "lambda:UpdateFunctionCode",
    "lambda:UpdateFunctionConfiguration",
    "lambda:PublishVersion",
    "lambda:PutFunctionConcurrency",
    "lambda:DeleteFunctionConcurrency",
    "lambda:DeleteFunction",
    "lambda:TagResource",
    "lambda:UntagResource",
  ],
  "aws:lambda/functionUrl:FunctionUrl": [
    "lambda:CreateFunctionUrlConfig",
    "lambda:UpdateFunctionUrlConfig",
    "lambda:DeleteFunctionUrlConfig",
    // The permissions open it.
    "lambda:AddPermission",
    "lambda:RemovePermission",
  ],
  "aws:lambda/permission:Permission": ["lambda:AddPermission", "lambda:RemovePermission"],
  "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig": [
    "lambda:PutProvisionedConcurrencyConfig",
    "lambda:DeleteProvisionedConcurrencyConfig",
  ],
  "aws:lb/listener:Listener": [
    "elasticloadbalancing:CreateListener",
    "elasticloadbalancing:ModifyListener",
    "elasticloadbalancing:ModifyListenerAttributes",
    "elasticloadbalancing:DeleteListener",
    ...tags("elasticloadbalancing"),
  ],
  "aws:lb/listenerRule:ListenerRule": [
    "elasticloadbalancing:CreateRule",
    "elasticloadbalancing:ModifyRule",
    "elasticloadbalancing:SetRulePriorities",
    "elasticloadbalancing:DeleteRule",
    ...tags("elasticloadbalancing"),
  ],
  "aws:lb/loadBalancer:LoadBalancer": [
    "elasticloadbalancing:CreateLoadBalancer",
    "elasticloadbalancing:DeleteLoadBalancer",
    "elasticloadbalancing:ModifyLoadBalancerAttributes",
    "elasticloadbalancing:SetIpAddressType",
    "elasticloadbalancing:SetSecurityGroups",
    "elasticloadbalancing:SetSubnets",
    ...tags("elasticloadbalancing"),
  ],
  "aws:lb/targetGroup:TargetGroup": [
    "elasticloadbalancing:CreateTargetGroup",
    "elasticloadbalancing:ModifyTargetGroup",
    "elasticloadbalancing:ModifyTargetGroupAttributes",
    "elasticloadbalancing:DeleteTargetGroup",
    ...tags("elasticloadbalancing"),
  ],
  "aws:lb/targetGroupAttachment:TargetGroupAttachment": [
    "elasticloadbalancing:RegisterTargets",
    "elasticloadbalancing:DeregisterTargets",
  ],
  "aws:route53/record:Record": ["route53:ChangeResourceRecordSets"],
  "aws:s3/bucket:Bucket": [
    "s3:CreateBucket",
    "s3:DeleteBucket",
    "s3:PutBucketTagging",
    "s3:TagResource",
    "s3:UntagResource",
    // To empty it when it is deleted.
    "s3:DeleteObject",
    "s3:DeleteObjectVersion",
  ],
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": ["s3:PutLifecycleConfiguration"],
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": ["s3:PutBucketOwnershipControls"],
  "aws:s3/bucketPolicy:BucketPolicy": ["s3:PutBucketPolicy", "s3:DeleteBucketPolicy"],
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": ["s3:PutBucketPublicAccessBlock"],
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": [
    "s3:PutEncryptionConfiguration",
  ],
  "aws:sns/topic:Topic": [
    "sns:CreateTopic",
    "sns:DeleteTopic",
    "sns:SetTopicAttributes",
    "sns:TagResource",
    "sns:UntagResource",
  ],
  "aws:sns/topicSubscription:TopicSubscription": ["sns:Subscribe", "sns:Unsubscribe"],
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": [
    "ec2:AuthorizeSecurityGroupEgress",
    "ec2:RevokeSecurityGroupEgress",
    "ec2:ModifySecurityGroupRules",
    ...ec2Tags,
  ],
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": [
    "ec2:AuthorizeSecurityGroupIngress",
    "ec2:RevokeSecurityGroupIngress",
    "ec2:ModifySecurityGroupRules",
    ...ec2Tags,
  ],
  "aws:wafv2/webAcl:WebAcl": [
    "wafv2:CreateWebACL",
    "wafv2:UpdateWebACL",
    "wafv2:DeleteWebACL",
    "wafv2:TagResource",
    "wafv2:UntagResource",
  ],
  "aws:wafv2/webAclAssociation:WebAclAssociation": [
    "wafv2:AssociateWebACL",
    "wafv2:DisassociateWebACL",
    // WAF asks for these in the name of whoever puts it before a load balancer.
    "elasticloadbalancing:SetWebACL",
    "elasticloadbalancing:CreateWebACLAssociation",
    "elasticloadbalancing:DeleteWebACLAssociation",
    "elasticloadbalancing:GetLoadBalancerWebACL",
  ],
  "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": [
    "wafv2:PutLoggingConfiguration",
    "wafv2:DeleteLoggingConfiguration",
    // WAF asks for these in the name of whoever declares the log.
    // https://docs.aws.amazon.com/waf/latest/developerguide/logging-cw-logs.html
    "logs:CreateLogDelivery",
    "logs:DeleteLogDelivery",
    "logs:PutResourcePolicy",
  ],
  // A push, by Docker and with the token of whoever deploys.
  "docker-build:index:Image": [
    "ecr:InitiateLayerUpload",
    "ecr:UploadLayerPart",
    "ecr:CompleteLayerUpload",
    "ecr:PutImage",
    "ecr:BatchCheckLayerAvailability",
    "ecr:BatchGetImage",
    "ecr:GetDownloadUrlForLayer",
  ],
};

/** The service that gets a role by a type. */
export const passedTo: Readonly<Record<string, string>> = {
  "aws:ec2/flowLog:FlowLog": "vpc-flow-logs.amazonaws.com",
  "aws:ec2/launchTemplate:LaunchTemplate": "ec2.amazonaws.com",
  "aws:iam/instanceProfile:InstanceProfile": "ec2.amazonaws.com",
  "aws:lambda/function:Function": "lambda.amazonaws.com",
};

/**
 * The services for which AWS makes a role of its own with the first of a type in an account.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html
 * @see https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-SLR.html
 */
export const linkedTo: Readonly<Record<string, readonly string[]>> = {
  "aws:autoscaling/group:Group": ["autoscaling.amazonaws.com", "spot.amazonaws.com"],
  "aws:budgets/budget:Budget": ["budgets.amazonaws.com"],
  "aws:lb/loadBalancer:LoadBalancer": ["elasticloadbalancing.amazonaws.com"],
};

/** The kinds of stacks, and what a stack of that kind never declares: the beginnings of types. */
const never = {
  fleet: ["aws:lambda/", "aws:ecr/repositoryPolicy:", "aws:lb/targetGroupAttachment:"],
  functionBehindBalancer: [
    "aws:autoscaling/",
    "aws:ec2/eip:",
    "aws:ec2/launchTemplate:",
    "aws:ec2/natGateway:",
    "aws:ec2/vpcEndpoint:",
    "aws:iam/instanceProfile:",
    "aws:lambda/functionUrl:",
    "aws:vpc/securityGroupEgressRule:",
    "command:",
  ],
  functionUrl: [
    "aws:acm/",
    "aws:autoscaling/",
    "aws:ec2/",
    "aws:iam/instanceProfile:",
    "aws:lambda/permission:",
    "aws:lb/",
    "aws:route53/",
    "aws:s3/",
    "aws:vpc/",
    "aws:wafv2/",
    "command:",
  ],
} as const;

/** What may be deployed: stacks of one kind, or any. */
export type Deployed = "any" | keyof typeof never;

/** The types that such stacks may declare, with any settings. */
export function typesOf(deployed: Deployed): readonly string[] {
  const types = Object.keys(actionsOf);
  if (deployed === "any") return types;
  return types.filter((type) => !never[deployed].some((beginning) => type.startsWith(beginning)));
}
