/** All that an account holds, by ID: equal before `up` and after `destroy`. */
import type { Clients } from "./clients.ts";

export async function inventory(aws: Clients): Promise<readonly string[]> {
  const { ec2, elb, autoscaling, iam, lambda, logs, cloudwatch, ecr, s3 } = aws;
  // Instances and NAT gateways stay in the list for an hour after their end, and say so.
  const alive = (state: string | undefined) => state !== "terminated" && state !== "deleted";
  const ids = [
    (await ec2.describeVpcs({})).Vpcs?.map(({ VpcId }) => VpcId),
    (await ec2.describeSubnets({})).Subnets?.map(({ SubnetId }) => SubnetId),
    (await ec2.describeInternetGateways({})).InternetGateways?.map(
      ({ InternetGatewayId }) => InternetGatewayId,
    ),
    (await ec2.describeRouteTables({})).RouteTables?.map(({ RouteTableId }) => RouteTableId),
    (await ec2.describeAddresses({})).Addresses?.map(({ AllocationId }) => AllocationId),
    (await ec2.describeNatGateways({})).NatGateways?.filter(({ State }) => alive(State)).map(
      ({ NatGatewayId }) => NatGatewayId,
    ),
    (await ec2.describeVpcEndpoints({})).VpcEndpoints?.filter(({ State }) => alive(State)).map(
      ({ VpcEndpointId }) => VpcEndpointId,
    ),
    (await ec2.describeFlowLogs({})).FlowLogs?.map(({ FlowLogId }) => FlowLogId),
    (await ec2.describeSecurityGroups({})).SecurityGroups?.map(({ GroupId }) => GroupId),
    (await ec2.describeLaunchTemplates({})).LaunchTemplates?.map(({ LaunchTemplateId }) => LaunchTemplateId),
    (await ec2.describeInstances({})).Reservations?.flatMap(({ Instances = [] }) =>
      Instances.filter(({ State }) => alive(State?.Name)).map(({ InstanceId }) => InstanceId),
    ),
    (await ec2.describeVolumes({})).Volumes?.map(({ VolumeId }) => VolumeId),
    (await elb.describeLoadBalancers({})).LoadBalancers?.map(({ LoadBalancerArn }) => LoadBalancerArn),
    (await elb.describeTargetGroups({})).TargetGroups?.map(({ TargetGroupArn }) => TargetGroupArn),
    (await autoscaling.describeAutoScalingGroups({})).AutoScalingGroups?.map(
      ({ AutoScalingGroupARN }) => AutoScalingGroupARN,
    ),
    (await autoscaling.describePolicies({})).ScalingPolicies?.map(({ PolicyARN }) => PolicyARN),
    (await iam.listRoles({})).Roles?.map(({ Arn }) => Arn),
    (await iam.listInstanceProfiles({})).InstanceProfiles?.map(({ Arn }) => Arn),
    (await lambda.listFunctions({})).Functions?.map(({ FunctionArn }) => FunctionArn),
    (await logs.describeLogGroups({})).logGroups?.map(({ arn }) => arn),
    (await cloudwatch.describeAlarms({})).MetricAlarms?.map(({ AlarmArn }) => AlarmArn),
    (await cloudwatch.listDashboards({})).DashboardEntries?.map(({ DashboardArn }) => DashboardArn),
    (await ecr.describeRepositories({})).repositories?.map(({ repositoryArn }) => repositoryArn),
    (await s3.listBuckets({})).Buckets?.map(({ Name }) => Name),
  ];
  return ids.flatMap((list = []) => list.map((id) => id ?? "without an ID")).sort();
}
