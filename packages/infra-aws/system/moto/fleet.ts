/** The launch template, the Auto Scaling group and its scaling policy. */
import type { AutoScaling, CreateAutoScalingGroupType } from "@aws-sdk/client-auto-scaling";
import type { EC2, RequestLaunchTemplateData } from "@aws-sdk/client-ec2";
import type * as autoscaling from "@pulumi/aws/autoscaling/index.js";
import type * as ec2 from "@pulumi/aws/ec2/index.js";
import type { Unwrap } from "@pulumi/pulumi";
import { type Binding, binding, tagSpecifications } from "./binding.ts";

export function fleetBindings(api: EC2, scaling: AutoScaling): Readonly<Record<string, Binding>> {
  return {
    "aws:ec2/launchTemplate:LaunchTemplate": binding<ec2.LaunchTemplateArgs>({
      async create(inputs) {
        const { LaunchTemplate } = await api.createLaunchTemplate({
          LaunchTemplateName: inputs.name,
          LaunchTemplateData: templateData(inputs),
          TagSpecifications: tagSpecifications("launch-template", inputs.tags),
        });
        return {
          id: LaunchTemplate?.LaunchTemplateId,
          latestVersion: LaunchTemplate?.LatestVersionNumber,
        };
      },
      async update(LaunchTemplateId, inputs) {
        const { LaunchTemplateVersion } = await api.createLaunchTemplateVersion({
          LaunchTemplateId,
          LaunchTemplateData: templateData(inputs),
        });
        const latestVersion = LaunchTemplateVersion?.VersionNumber;
        await api.modifyLaunchTemplate({ LaunchTemplateId, DefaultVersion: String(latestVersion) });
        return { latestVersion };
      },
      delete: (LaunchTemplateId) => api.deleteLaunchTemplate({ LaunchTemplateId }),
    }),

    "aws:autoscaling/group:Group": binding<autoscaling.GroupArgs>({
      async create(inputs) {
        const name = inputs.name;
        await scaling.createAutoScalingGroup({
          AutoScalingGroupName: name,
          ...groupOf(inputs),
          TargetGroupARNs: inputs.targetGroupArns,
          Tags: inputs.tags?.map(({ key, value, propagateAtLaunch }) => ({
            Key: key,
            Value: value,
            PropagateAtLaunch: propagateAtLaunch,
          })),
        });
        await scaling.enableMetricsCollection({
          AutoScalingGroupName: name,
          Granularity: inputs.metricsGranularity,
          Metrics: inputs.enabledMetrics,
        });
        return { id: name };
      },
      async update(AutoScalingGroupName, inputs) {
        await scaling.updateAutoScalingGroup({ AutoScalingGroupName, ...groupOf(inputs) });
        return {};
      },
      delete: (AutoScalingGroupName) =>
        scaling.deleteAutoScalingGroup({ AutoScalingGroupName, ForceDelete: true }),
    }),

    "aws:autoscaling/policy:Policy": binding<autoscaling.PolicyArgs>({
      async create(inputs) {
        const { targetTrackingConfiguration: target } = inputs;
        const { PolicyARN } = await scaling.putScalingPolicy({
          PolicyName: inputs.name,
          AutoScalingGroupName: inputs.autoscalingGroupName,
          PolicyType: inputs.policyType,
          TargetTrackingConfiguration: {
            PredefinedMetricSpecification: {
              PredefinedMetricType: "ASGAverageCPUUtilization",
            },
            TargetValue: target?.targetValue,
          },
        });
        return { id: inputs.name, arn: PolicyARN };
      },
      delete: (PolicyName, { autoscalingGroupName }) =>
        scaling.deletePolicy({ PolicyName, AutoScalingGroupName: autoscalingGroupName }),
    }),
  };
}

function groupOf(
  inputs: Unwrap<autoscaling.GroupArgs>,
): Omit<CreateAutoScalingGroupType, "AutoScalingGroupName"> {
  return {
    MinSize: inputs.minSize,
    MaxSize: inputs.maxSize,
    VPCZoneIdentifier: inputs.vpcZoneIdentifiers?.join(","),
    LaunchTemplate: {
      LaunchTemplateId: inputs.launchTemplate?.id,
      Version: inputs.launchTemplate?.version,
    },
    HealthCheckType: inputs.healthCheckType,
    HealthCheckGracePeriod: inputs.healthCheckGracePeriod,
    DefaultInstanceWarmup: inputs.defaultInstanceWarmup,
    CapacityRebalance: inputs.capacityRebalance,
    InstanceMaintenancePolicy: {
      MinHealthyPercentage: inputs.instanceMaintenancePolicy?.minHealthyPercentage,
      MaxHealthyPercentage: inputs.instanceMaintenancePolicy?.maxHealthyPercentage,
    },
  };
}

function templateData(inputs: Unwrap<ec2.LaunchTemplateArgs>): RequestLaunchTemplateData {
  const { metadataOptions, privateDnsNameOptions } = inputs;
  return {
    ImageId: inputs.imageId,
    InstanceType: inputs.instanceType === "t4g.small" ? "t4g.small" : "t3.small",
    IamInstanceProfile: { Arn: inputs.iamInstanceProfile?.arn },
    MetadataOptions: {
      HttpEndpoint: metadataOptions?.httpEndpoint === "enabled" ? "enabled" : "disabled",
      HttpTokens: metadataOptions?.httpTokens === "required" ? "required" : "optional",
      HttpPutResponseHopLimit: metadataOptions?.httpPutResponseHopLimit,
    },
    PrivateDnsNameOptions: {
      HostnameType: privateDnsNameOptions?.hostnameType === "resource-name" ? "resource-name" : "ip-name",
      EnableResourceNameDnsARecord: privateDnsNameOptions?.enableResourceNameDnsARecord,
    },
    NetworkInterfaces: inputs.networkInterfaces?.map((networkInterface) => ({
      DeviceIndex: networkInterface.deviceIndex,
      AssociatePublicIpAddress: networkInterface.associatePublicIpAddress === "true",
      Groups: networkInterface.securityGroups,
    })),
    BlockDeviceMappings: inputs.blockDeviceMappings?.map(({ deviceName, ebs }) => ({
      DeviceName: deviceName,
      Ebs: {
        VolumeType: "gp3",
        VolumeSize: ebs?.volumeSize,
        Encrypted: ebs?.encrypted === "true",
        DeleteOnTermination: ebs?.deleteOnTermination === "true",
      },
    })),
    TagSpecifications: tagSpecifications("instance", inputs.tagSpecifications?.[0]?.tags),
    UserData: inputs.userData,
  };
}
