/**
 * What whoever deploys must be allowed, from what each type of resource takes to create, read, change and delete.
 * test/trust/deploy-policy.test.ts sees to it that no type of the program is missing, and system/deploy-policy.test.ts compares
 * with AWS's reference; whether AWS asks for more, only a real account shows.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */

import type { AccountRules } from "../iam/account-rules.ts";

const tags = (service: string) => [`${service}:AddTags`, `${service}:RemoveTags`];
const ec2Tags = ["ec2:CreateTags", "ec2:DeleteTags"];

/** The actions for each type. What only reads is below, by service. */
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
    "iam:CreateServiceLinkedRole",
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
    "iam:PassRole",
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
    "iam:PassRole",
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

/** What only reads, and names no resource. */
const reads = [
  "acm:DescribeCertificate",
  "acm:ListTagsForCertificate",
  "autoscaling:Describe*",
  "budgets:ListTagsForResource",
  "budgets:ViewBudget",
  "cloudwatch:DescribeAlarms",
  "cloudwatch:GetDashboard",
  "cloudwatch:ListTagsForResource",
  "ec2:Describe*",
  "ec2:GetSecurityGroupsForVpc",
  "ecr:GetAuthorizationToken",
  "elasticloadbalancing:Describe*",
  "logs:DescribeLogGroups",
  "logs:DescribeResourcePolicies",
  "logs:ListTagsForResource",
  "route53:Get*",
  "route53:ListResourceRecordSets",
  "route53:ListTagsForResource",
  "sns:Get*Attributes",
  "sns:ListTagsForResource",
  "sts:GetCallerIdentity",
  "wafv2:GetLoggingConfiguration",
  "wafv2:GetWebACL*",
  "wafv2:ListTagsForResource",
];

/** What Pulumi names `sorted-…`, and what is read of it, by service. */
const owned = ({ rolePath }: AccountRules) => ({
  s3: {
    resources: ["arn:aws:s3:::sorted-*"],
    reads: ["s3:Get*", "s3:ListBucket*", "s3:ListTagsForResource"],
  },
  iam: {
    resources: [rolesIn(rolePath), `arn:aws:iam::*:instance-profile${rolePath}sorted-*`],
    reads: ["iam:Get*", "iam:List*"],
  },
  ecr: {
    resources: ["arn:aws:ecr:*:*:repository/sorted-*"],
    reads: ["ecr:DescribeRepositories", "ecr:Get*Policy", "ecr:ListTagsForResource"],
  },
  lambda: { resources: ["arn:aws:lambda:*:*:function:sorted-*"], reads: ["lambda:Get*", "lambda:List*"] },
});

const rolesIn = (path: string) => `arn:aws:iam::*:role${path}sorted-*`;

/**
 * What may only be done to a role with the boundary, where there is one; to take a boundary away is then not allowed at all.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html#access_policies_boundaries-delegate
 */
const boundedActions = [
  "iam:CreateRole",
  "iam:DeleteRolePolicy",
  "iam:PutRolePermissionsBoundary",
  "iam:PutRolePolicy",
];

/**
 * What services ask for in the name of whoever gives them a key: ECR and Lambda make grants.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/encryption-at-rest.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/security-encryption-at-rest.html
 */
const kmsActions = [
  "kms:CreateGrant",
  "kms:Decrypt",
  "kms:DescribeKey",
  "kms:Encrypt",
  "kms:GenerateDataKey",
  "kms:RetireGrant",
];

/** A policy document. */
export interface PolicyDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly Statement[];
}

interface Statement {
  readonly Effect: "Allow";
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: object;
}

const allow = (
  Action: Statement["Action"],
  Resource: Statement["Resource"],
  Condition?: object,
): Statement => ({
  Effect: "Allow",
  Action,
  Resource,
  ...(Condition && { Condition }),
});

const document = (Statement: readonly Statement[]): PolicyDocument => ({ Version: "2012-10-17", Statement });

const serviceOf = (action: string) => action.split(":", 1)[0] ?? "";

/** Allowed to some services only, below. */
const toServices = ["iam:CreateServiceLinkedRole", "iam:PassRole"];

const noRules: AccountRules = { rolePath: "/" };

/**
 * The policies to deploy with, by name: each fits into a managed policy, and a role takes ten of those.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export function deployPolicies(rules = noRules) {
  const { rolePath, permissionsBoundaryArn: boundary, kmsKeyArn } = rules;
  const actions = [...new Set(Object.values(actionsOf).flat())]
    .filter((action) => !toServices.includes(action))
    .toSorted();
  const owners = owned(rules);
  const isOwned = (action: string) => serviceOf(action) in owners;
  const isBounded = (action: string) =>
    boundary !== undefined &&
    (boundedActions.includes(action) || action === "iam:DeleteRolePermissionsBoundary");
  const isNetwork = (action: string) => serviceOf(action) === "ec2";
  return {
    read: previewPolicy(rules),
    network: document([allow(actions.filter(isNetwork), "*")]),
    services: document([
      allow(
        actions.filter((action) => !isNetwork(action) && !isOwned(action)),
        "*",
      ),
    ]),
    owned: document([
      ...Object.entries(owners).map(([service, { resources }]) =>
        allow(
          actions.filter((action) => serviceOf(action) === service && !isBounded(action)),
          resources,
        ),
      ),
      ...(boundary === undefined
        ? []
        : [
            allow(boundedActions, rolesIn(rolePath), {
              StringEquals: { "iam:PermissionsBoundary": boundary },
            }),
          ]),
      // Lambda asks for these in the name of whoever names an image, which may be in any repository.
      // https://docs.aws.amazon.com/lambda/latest/dg/images-create.html#gettingstarted-images-permissions
      allow(["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"], "arn:aws:ecr:*:*:repository/*"),
      ...(kmsKeyArn === undefined ? [] : [allow(kmsActions, kmsKeyArn)]),
      allow("iam:PassRole", rolesIn(rolePath), {
        StringEquals: {
          "iam:PassedToService": ["ec2.amazonaws.com", "lambda.amazonaws.com", "vpc-flow-logs.amazonaws.com"],
        },
      }),
      allow("iam:CreateServiceLinkedRole", "arn:aws:iam::*:role/aws-service-role/*", {
        StringEquals: {
          "iam:AWSServiceName": [
            "autoscaling.amazonaws.com",
            "elasticloadbalancing.amazonaws.com",
            "spot.amazonaws.com",
          ],
        },
      }),
    ]),
  };
}

/** What a preview must be allowed: to read, and nothing else. */
export function previewPolicy(rules = noRules): PolicyDocument {
  const { permissionsBoundaryArn: boundary, kmsKeyArn } = rules;
  return document([
    allow(reads, "*"),
    // AWS's own parameters, of which one names the AMI; an account's may be secrets.
    // https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-public-parameters.html
    allow("ssm:GetParameter", "arn:aws:ssm:*::parameter/aws/service/*"),
    ...Object.values(owned(rules)).map(({ resources, reads: itsReads }) => allow(itsReads, resources)),
    ...(boundary === undefined ? [] : [allow(["iam:GetPolicy", "iam:GetPolicyVersion"], boundary)]),
    ...(kmsKeyArn === undefined ? [] : [allow("kms:DescribeKey", kmsKeyArn)]),
  ]);
}
