/**
 * What whoever deploys must be allowed, from what each type of resource takes to create, read, change and delete.
 * test/trust/deploy-policy.test.ts sees to it that no type of the program is missing; whether AWS asks for more, only a real
 * account shows.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */

const tags = (service: string) => [`${service}:AddTags`, `${service}:RemoveTags`];
const ec2Tags = ["ec2:CreateTags", "ec2:DeleteTags"];

/** The actions for each type. What only reads is below, by service. */
export const actionsOf: Readonly<Record<string, readonly string[]>> = {
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
    "autoscaling:StartInstanceRefresh",
    "autoscaling:CancelInstanceRefresh",
    "autoscaling:RollbackInstanceRefresh",
    "autoscaling:EnableMetricsCollection",
    "autoscaling:DisableMetricsCollection",
    "autoscaling:AttachLoadBalancerTargetGroups",
    "autoscaling:DetachLoadBalancerTargetGroups",
    "autoscaling:SetInstanceProtection",
    "ec2:RunInstances",
    "iam:CreateServiceLinkedRole",
  ],
  "aws:autoscaling/policy:Policy": ["autoscaling:PutScalingPolicy", "autoscaling:DeletePolicy"],
  "aws:cloudwatch/dashboard:Dashboard": ["cloudwatch:PutDashboard", "cloudwatch:DeleteDashboards"],
  "aws:cloudwatch/logGroup:LogGroup": [
    "logs:CreateLogGroup",
    "logs:DeleteLogGroup",
    "logs:PutRetentionPolicy",
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
    "iam:PassRole",
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
    "iam:PassRole",
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
    "iam:PassRole",
  ],
  "aws:iam/role:Role": [
    "iam:CreateRole",
    "iam:DeleteRole",
    "iam:UpdateAssumeRolePolicy",
    "iam:TagRole",
    "iam:UntagRole",
  ],
  "aws:iam/rolePolicy:RolePolicy": ["iam:PutRolePolicy", "iam:DeleteRolePolicy"],
  // With stars, as a policy has 6,144 characters at most; all are limited to functions named `sorted-…` below.
  "aws:lambda/alias:Alias": ["lambda:*Alias"],
  "aws:lambda/function:Function": [
    "lambda:CreateFunction",
    "lambda:UpdateFunction*",
    "lambda:PublishVersion",
    "lambda:*FunctionConcurrency",
    "lambda:DeleteFunction",
    "lambda:*Resource",
    "iam:PassRole",
    // Lambda asks for these in the name of whoever names an image.
    "ecr:BatchGetImage",
    "ecr:GetDownloadUrlForLayer",
  ],
  // The permissions open it.
  "aws:lambda/functionUrl:FunctionUrl": ["lambda:*FunctionUrlConfig", "lambda:*Permission"],
  "aws:lambda/permission:Permission": ["lambda:*Permission"],
  "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig": [
    "lambda:*ProvisionedConcurrencyConfig",
  ],
  "aws:lb/listener:Listener": [
    "elasticloadbalancing:CreateListener",
    "elasticloadbalancing:ModifyListener",
    "elasticloadbalancing:ModifyListenerAttributes",
    "elasticloadbalancing:DeleteListener",
    ...tags("elasticloadbalancing"),
  ],
  "aws:lb/loadBalancer:LoadBalancer": [
    "elasticloadbalancing:CreateLoadBalancer",
    "elasticloadbalancing:DeleteLoadBalancer",
    "elasticloadbalancing:ModifyLoadBalancerAttributes",
    "elasticloadbalancing:SetIpAddressType",
    "elasticloadbalancing:SetSecurityGroups",
    "elasticloadbalancing:SetSubnets",
    "iam:CreateServiceLinkedRole",
    ...tags("elasticloadbalancing"),
  ],
  "aws:lb/targetGroup:TargetGroup": [
    "elasticloadbalancing:CreateTargetGroup",
    "elasticloadbalancing:ModifyTargetGroup",
    "elasticloadbalancing:ModifyTargetGroupAttributes",
    "elasticloadbalancing:DeleteTargetGroup",
    ...tags("elasticloadbalancing"),
  ],
  "aws:lb/targetGroupAttachment:TargetGroupAttachment": ["elasticloadbalancing:*Targets"],
  "aws:route53/record:Record": ["route53:ChangeResourceRecordSets"],
  "aws:s3/bucket:Bucket": [
    "s3:CreateBucket",
    "s3:DeleteBucket",
    "s3:PutBucketTagging",
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
    "elasticloadbalancing:SetWebACL",
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

/** What only reads, or names no resource. */
const reads = [
  "acm:DescribeCertificate",
  "acm:ListTagsForCertificate",
  "autoscaling:Describe*",
  "cloudwatch:DescribeAlarms",
  "cloudwatch:GetDashboard",
  "cloudwatch:ListTagsForResource",
  "ec2:Describe*",
  "ec2:GetSecurityGroupsForVpc",
  "ecr:GetAuthorizationToken",
  "elasticloadbalancing:Describe*",
  "logs:DescribeLogGroups",
  "logs:ListTagsForResource",
  "route53:Get*",
  "route53:ListResourceRecordSets",
  "sns:Get*Attributes",
  "sns:ListTagsForResource",
  "ssm:GetParameter",
  "sts:GetCallerIdentity",
  "wafv2:GetWebACL*",
  "wafv2:ListTagsForResource",
];

/** What the program names by itself, and what else is read of it. */
const scoped = {
  s3: { resources: ["arn:aws:s3:::sorted-*"], reads: ["s3:Get*", "s3:ListBucket*"] },
  iam: {
    resources: ["arn:aws:iam::*:role/sorted-*", "arn:aws:iam::*:instance-profile/sorted-*"],
    reads: ["iam:Get*", "iam:List*"],
  },
  ecr: {
    resources: ["arn:aws:ecr:*:*:repository/sorted-*"],
    reads: ["ecr:DescribeRepositories", "ecr:Get*Policy", "ecr:ListTagsForResource"],
  },
  lambda: { resources: ["arn:aws:lambda:*:*:function:sorted-*"], reads: ["lambda:Get*", "lambda:List*"] },
} as const;

/** The policy: what names begin with `sorted-` is limited to them, the rest to its actions. */
export function deployPolicy() {
  const actions = [...new Set(Object.values(actionsOf).flat())].toSorted();
  const special = ["iam:CreateServiceLinkedRole", "iam:PassRole"];
  const isScoped = (action: string) =>
    Object.keys(scoped).some((service) => action.startsWith(`${service}:`));
  const scopedStatements = Object.entries(scoped).map(([service, { resources, reads }]) => ({
    Effect: "Allow",
    Action: [
      ...actions.filter((action) => action.startsWith(`${service}:`) && !special.includes(action)),
      ...reads,
    ],
    Resource: resources,
  }));
  return {
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Action: reads, Resource: "*" },
      { Effect: "Allow", Action: actions.filter((action) => !isScoped(action)), Resource: "*" },
      ...scopedStatements,
      {
        Effect: "Allow",
        Action: "iam:PassRole",
        Resource: "arn:aws:iam::*:role/sorted-*",
        Condition: {
          StringEquals: {
            "iam:PassedToService": [
              "ec2.amazonaws.com",
              "lambda.amazonaws.com",
              "vpc-flow-logs.amazonaws.com",
            ],
          },
        },
      },
      {
        Effect: "Allow",
        Action: "iam:CreateServiceLinkedRole",
        Resource: "arn:aws:iam::*:role/aws-service-role/*",
        Condition: {
          StringEquals: {
            "iam:AWSServiceName": [
              "autoscaling.amazonaws.com",
              "elasticloadbalancing.amazonaws.com",
              "spot.amazonaws.com",
            ],
          },
        },
      },
    ],
  };
}

/** What a preview must be allowed: the same to read, and nothing else. */
export function previewPolicy() {
  return {
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Action: reads, Resource: "*" },
      ...Object.values(scoped).map(({ resources, reads }) => ({
        Effect: "Allow",
        Action: reads,
        Resource: resources,
      })),
    ],
  };
}
