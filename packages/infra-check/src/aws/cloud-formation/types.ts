/** What CloudFormation calls the types and properties of AWS, where it is not Pulumi's name with a capital letter. */
import { nested } from "../../recorder/records.ts";
import { isList, type Properties, type Value } from "../../recorder/value.ts";

/** Properties, of which some may not be set. */
export type Adapted = Readonly<Record<string, Value | undefined>>;

/** From a resource's inputs to properties that differ from CloudFormation's by capital letters at most. */
type Adapt = (inputs: Properties) => Adapted;

/** A resource that is one in CloudFormation, too. */
export interface Whole {
  readonly type: string;
  readonly adapt: Adapt;
  /** What CloudFormation has beside it, from the inputs and from a reference to it. */
  readonly beside?: (inputs: Properties, reference: Properties) => Beside | undefined;
}

/** A resource of CloudFormation's alone. */
interface Beside {
  readonly type: string;
  readonly properties: Properties;
}

/** A resource that is some of the properties of another one in CloudFormation. */
export interface Part {
  /** The input that refers to the other one. */
  readonly of: string;
  readonly adapt: Adapt;
}

const asItIs: Adapt = (inputs) => inputs;

function whole(type: string, adapt = asItIs, beside?: Whole["beside"]): Whole {
  return { type, adapt, ...(beside && { beside }) };
}

function part(of: string, adapt: Adapt): Part {
  return { of, adapt };
}

/** A policy, which is text for Pulumi. */
function document(text: Value | undefined): Value | undefined {
  return text === undefined ? undefined : JSON.parse(String(text));
}

/** Properties as a list of keys and values, as load balancers take them. */
function attributes(values: Adapted): Value {
  return Object.entries(values).flatMap(([key, value]) =>
    value === undefined || value === null ? [] : [{ key, value: isReference(value) ? value : String(value) }],
  );
}

function isReference(value: Value): boolean {
  return typeof value === "object";
}

function each(list: Value | undefined, adapt: Adapt): Value {
  return isList(list) ? list.map((item) => given(adapt(nested(item)))) : [];
}

/** Only what is set. */
export function given(properties: Adapted): Properties {
  return Object.fromEntries(
    Object.entries(properties).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

const action: Adapt = ({ fixedResponse, redirect, ...rest }) => ({
  ...rest,
  fixedResponseConfig: fixedResponse,
  redirectConfig: redirect,
});

/** `pathPattern` is a field named `path-pattern`. A condition has one field. */
const condition: Adapt = (inputs) =>
  Object.assign(
    {},
    ...Object.entries(inputs).map(([name, config]) => ({
      field: name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
      [`${name}Config`]: config,
    })),
  );

const networkInterface: Adapt = ({ securityGroups, ...rest }) => ({ ...rest, groups: securityGroups });

const launched: Adapt = ({ id, version }) => ({ launchTemplateId: id, version });

const rule: Adapt = ({ cidrIpv4, referencedSecurityGroupId, securityGroupId, ...rest }) => ({
  ...rest,
  groupId: securityGroupId,
  cidrIp: cidrIpv4,
  peer: referencedSecurityGroupId,
});

/** Names that differ by more than their first letter, whatever they are in. */
export const spelled: Readonly<Record<string, string>> = {
  autoscalingGroupName: "AutoScalingGroupName",
  cloudwatchMetricsEnabled: "CloudWatchMetricsEnabled",
  okActions: "OKActions",
  sseAlgorithm: "SSEAlgorithm",
  targetGroupArns: "TargetGroupARNs",
  ttl: "TTL",
  vpcZoneIdentifiers: "VPCZoneIdentifier",
  webAclArn: "WebACLArn",
};

/** By Pulumi's type; `undefined` where CloudFormation has nothing of the kind. */
export const types: Readonly<Record<string, Whole | Part | undefined>> = {
  // CloudFormation waits for the validation by itself.
  "acm/certificateValidation:CertificateValidation": undefined,
  "acm/certificate:Certificate": whole("AWS::CertificateManager::Certificate"),
  "autoscaling/group:Group": whole(
    "AWS::AutoScaling::AutoScalingGroup",
    ({
      enabledMetrics,
      instanceRefresh,
      launchTemplate,
      metricsGranularity,
      minElbCapacity,
      ignoreFailedScalingActivities,
      waitForCapacityTimeout,
      ...rest
    }) => ({
      ...rest,
      launchTemplate: launchTemplate && given(launched(nested(launchTemplate))),
      metricsCollection: [given({ granularity: metricsGranularity, metrics: enabledMetrics })],
    }),
  ),
  "autoscaling/policy:Policy": whole("AWS::AutoScaling::ScalingPolicy"),
  "budgets/budget:Budget": whole(
    "AWS::Budgets::Budget",
    ({ limitAmount, limitUnit, notifications, tags, ...rest }) => ({
      budget: given({ ...rest, budgetLimit: given({ amount: limitAmount, unit: limitUnit }) }),
      notificationsWithSubscribers: each(notifications, ({ subscriberEmailAddresses, ...notification }) => ({
        notification,
        subscribers: isList(subscriberEmailAddresses)
          ? subscriberEmailAddresses.map((address) => ({ subscriptionType: "EMAIL", address }))
          : [],
      })),
    }),
  ),
  "cloudwatch/dashboard:Dashboard": whole("AWS::CloudWatch::Dashboard"),
  "cloudwatch/logGroup:LogGroup": whole("AWS::Logs::LogGroup", ({ name, ...rest }) => ({
    ...rest,
    logGroupName: name,
  })),
  "cloudwatch/metricAlarm:MetricAlarm": whole("AWS::CloudWatch::Alarm", ({ dimensions, ...rest }) => ({
    ...rest,
    dimensions: Object.entries(nested(dimensions)).map(([name, value]) => ({ name, value })),
  })),
  "ec2/defaultSecurityGroup:DefaultSecurityGroup": undefined,
  "ec2/eip:Eip": whole("AWS::EC2::EIP"),
  "ec2/flowLog:FlowLog": whole("AWS::EC2::FlowLog", ({ iamRoleArn, vpcId, ...rest }) => ({
    ...rest,
    deliverLogsPermissionArn: iamRoleArn,
    resourceId: vpcId,
    resourceType: "VPC",
  })),
  "ec2/internetGateway:InternetGateway": whole(
    "AWS::EC2::InternetGateway",
    ({ vpcId, ...rest }) => rest,
    ({ vpcId }, internetGatewayId) => ({
      type: "AWS::EC2::VPCGatewayAttachment",
      properties: given({ internetGatewayId, vpcId }),
    }),
  ),
  "ec2/launchTemplate:LaunchTemplate": whole(
    "AWS::EC2::LaunchTemplate",
    ({ tags, updateDefaultVersion, networkInterfaces, ...rest }) => ({
      launchTemplateData: { ...rest, networkInterfaces: each(networkInterfaces, networkInterface) },
    }),
  ),
  "ec2/natGateway:NatGateway": whole("AWS::EC2::NatGateway"),
  "ec2/route:Route": whole("AWS::EC2::Route"),
  "ec2/routeTable:RouteTable": whole("AWS::EC2::RouteTable"),
  "ec2/routeTableAssociation:RouteTableAssociation": whole("AWS::EC2::SubnetRouteTableAssociation"),
  "ec2/securityGroup:SecurityGroup": whole("AWS::EC2::SecurityGroup", ({ description, name, ...rest }) => ({
    ...rest,
    groupDescription: description,
  })),
  "ec2/subnet:Subnet": whole("AWS::EC2::Subnet"),
  "ec2/vpc:Vpc": whole(
    "AWS::EC2::VPC",
    ({ assignGeneratedIpv6CidrBlock, ...rest }) => rest,
    ({ assignGeneratedIpv6CidrBlock }, vpcId) =>
      assignGeneratedIpv6CidrBlock === true
        ? { type: "AWS::EC2::VPCCidrBlock", properties: { amazonProvidedIpv6CidrBlock: true, vpcId } }
        : undefined,
  ),
  "ec2/vpcEndpoint:VpcEndpoint": whole("AWS::EC2::VPCEndpoint", ({ policy, ...rest }) => ({
    ...rest,
    policyDocument: document(policy),
  })),
  "ecr/lifecyclePolicy:LifecyclePolicy": part("repository", ({ policy }) => ({
    lifecyclePolicy: given({ lifecyclePolicyText: policy }),
  })),
  "ecr/repository:Repository": whole(
    "AWS::ECR::Repository",
    ({ encryptionConfigurations, forceDelete, ...rest }) => ({
      ...rest,
      emptyOnDelete: forceDelete,
      encryptionConfiguration: isList(encryptionConfigurations) ? encryptionConfigurations[0] : undefined,
    }),
  ),
  "ecr/repositoryPolicy:RepositoryPolicy": part("repository", ({ policy }) => ({
    repositoryPolicyText: document(policy),
  })),
  "iam/instanceProfile:InstanceProfile": whole("AWS::IAM::InstanceProfile", ({ role, path }) => ({
    path,
    roles: role === undefined ? [] : [role],
  })),
  "iam/openIdConnectProvider:OpenIdConnectProvider": whole(
    "AWS::IAM::OIDCProvider",
    ({ clientIdLists, thumbprintLists, ...rest }) => ({
      ...rest,
      clientIdList: clientIdLists,
      thumbprintList: thumbprintLists,
    }),
  ),
  "iam/policy:Policy": whole("AWS::IAM::ManagedPolicy", ({ name, policy, tags, ...rest }) => ({
    ...rest,
    managedPolicyName: name,
    policyDocument: document(policy),
  })),
  "iam/role:Role": whole("AWS::IAM::Role", ({ assumeRolePolicy, ...rest }) => ({
    ...rest,
    assumeRolePolicyDocument: document(assumeRolePolicy),
  })),
  "iam/rolePolicy:RolePolicy": whole("AWS::IAM::RolePolicy", ({ policy, role }) => ({
    policyName: "policy",
    policyDocument: document(policy),
    roleName: role,
  })),
  // A list within the role.
  "iam/rolePolicyAttachment:RolePolicyAttachment": undefined,
  "lambda/alias:Alias": whole("AWS::Lambda::Alias"),
  "lambda/function:Function": whole("AWS::Lambda::Function", ({ imageUri, publish, ...rest }) => ({
    ...rest,
    code: given({ imageUri }),
  })),
  "lambda/functionUrl:FunctionUrl": whole(
    "AWS::Lambda::Url",
    ({ authorizationType, functionName, ...rest }) => ({
      ...rest,
      authType: authorizationType,
      targetFunctionArn: functionName,
    }),
  ),
  // CloudFormation takes a qualifier within the function's name only.
  "lambda/permission:Permission": whole(
    "AWS::Lambda::Permission",
    ({ function: name, qualifier, ...rest }) => ({
      ...rest,
      functionName: qualifier ?? name,
    }),
  ),
  "lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig": part(
    "qualifier",
    ({ provisionedConcurrentExecutions }) => ({
      provisionedConcurrencyConfig: given({ provisionedConcurrentExecutions }),
    }),
  ),
  "lb/listener:Listener": whole(
    "AWS::ElasticLoadBalancingV2::Listener",
    ({ certificateArn, defaultActions, tags, ...rest }) => ({
      ...rest,
      certificates: certificateArn === undefined ? [] : [{ certificateArn }],
      defaultActions: each(defaultActions, action),
    }),
  ),
  "lb/listenerRule:ListenerRule": whole(
    "AWS::ElasticLoadBalancingV2::ListenerRule",
    ({ actions, conditions, tags, ...rest }) => ({
      ...rest,
      actions: each(actions, action),
      conditions: each(conditions, condition),
    }),
  ),
  "lb/loadBalancer:LoadBalancer": whole(
    "AWS::ElasticLoadBalancingV2::LoadBalancer",
    ({
      accessLogs,
      dropInvalidHeaderFields,
      enableDeletionProtection,
      idleTimeout,
      internal,
      loadBalancerType,
      ...rest
    }) => ({
      ...rest,
      scheme: internal === true ? "internal" : "internet-facing",
      type: loadBalancerType,
      loadBalancerAttributes: attributes({
        "access_logs.s3.enabled": nested(accessLogs)["enabled"],
        "access_logs.s3.bucket": nested(accessLogs)["bucket"],
        "deletion_protection.enabled": enableDeletionProtection,
        "idle_timeout.timeout_seconds": idleTimeout,
        "routing.http.drop_invalid_header_fields.enabled": dropInvalidHeaderFields,
      }),
    }),
  ),
  "lb/targetGroup:TargetGroup": whole(
    "AWS::ElasticLoadBalancingV2::TargetGroup",
    ({
      deregistrationDelay,
      healthCheck,
      lambdaMultiValueHeadersEnabled,
      loadBalancingAlgorithmType,
      ...rest
    }) => {
      const { enabled, healthyThreshold, interval, matcher, path, timeout, unhealthyThreshold } =
        nested(healthCheck);
      return {
        ...rest,
        healthCheckEnabled: enabled,
        healthCheckIntervalSeconds: interval,
        healthCheckPath: path,
        healthCheckTimeoutSeconds: timeout,
        healthyThresholdCount: healthyThreshold,
        matcher: matcher === undefined ? undefined : { httpCode: matcher },
        unhealthyThresholdCount: unhealthyThreshold,
        targetGroupAttributes: attributes({
          "deregistration_delay.timeout_seconds": deregistrationDelay,
          "lambda.multi_value_headers.enabled": lambdaMultiValueHeadersEnabled,
          "load_balancing.algorithm.type": loadBalancingAlgorithmType,
        }),
      };
    },
  ),
  "lb/targetGroupAttachment:TargetGroupAttachment": part("targetGroupArn", ({ targetId }) => ({
    targets: [given({ id: targetId })],
  })),
  "route53/record:Record": whole("AWS::Route53::RecordSet", ({ aliases, records, zoneId, ...rest }) => {
    const [alias] = isList(aliases) ? aliases.map(nested) : [];
    return {
      ...rest,
      aliasTarget:
        alias &&
        given({
          DNSName: alias["name"],
          evaluateTargetHealth: alias["evaluateTargetHealth"],
          hostedZoneId: alias["zoneId"],
        }),
      hostedZoneId: zoneId,
      resourceRecords: records,
    };
  }),
  "s3/bucket:Bucket": whole("AWS::S3::Bucket", ({ tags }) => ({ tags })),
  "s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": part("bucket", ({ rules }) => ({
    lifecycleConfiguration: {
      rules: each(rules, ({ expiration, filter, ...rest }) => ({
        ...rest,
        expirationInDays: nested(expiration)["days"],
      })),
    },
  })),
  "s3/bucketOwnershipControls:BucketOwnershipControls": part("bucket", ({ rule = {} }) => ({
    ownershipControls: { rules: [rule] },
  })),
  "s3/bucketPolicy:BucketPolicy": whole("AWS::S3::BucketPolicy", ({ bucket, policy }) => ({
    bucket,
    policyDocument: document(policy),
  })),
  "s3/bucketPublicAccessBlock:BucketPublicAccessBlock": part("bucket", ({ bucket, ...rest }) => ({
    publicAccessBlockConfiguration: rest,
  })),
  "s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": part(
    "bucket",
    ({ rules }) => ({
      bucketEncryption: {
        serverSideEncryptionConfiguration: each(rules, ({ applyServerSideEncryptionByDefault }) => ({
          serverSideEncryptionByDefault: applyServerSideEncryptionByDefault,
        })),
      },
    }),
  ),
  "sns/topic:Topic": whole("AWS::SNS::Topic"),
  "sns/topicSubscription:TopicSubscription": whole("AWS::SNS::Subscription", ({ topic, ...rest }) => ({
    ...rest,
    topicArn: topic,
  })),
  "vpc/securityGroupEgressRule:SecurityGroupEgressRule": whole("AWS::EC2::SecurityGroupEgress", (inputs) => {
    const { peer, prefixListId, tags, ...rest } = rule(inputs);
    return { ...rest, destinationPrefixListId: prefixListId, destinationSecurityGroupId: peer };
  }),
  "vpc/securityGroupIngressRule:SecurityGroupIngressRule": whole(
    "AWS::EC2::SecurityGroupIngress",
    (inputs) => {
      const { peer, prefixListId, tags, ...rest } = rule(inputs);
      return { ...rest, sourcePrefixListId: prefixListId, sourceSecurityGroupId: peer };
    },
  ),
  "wafv2/webAcl:WebAcl": whole("AWS::WAFv2::WebACL"),
  "wafv2/webAclAssociation:WebAclAssociation": whole("AWS::WAFv2::WebACLAssociation"),
  "wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": whole("AWS::WAFv2::LoggingConfiguration"),
};
