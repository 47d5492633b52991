/** The network: VPC, subnets, gateways, routes, endpoints. */
import type { EC2 } from "@aws-sdk/client-ec2";
import type * as ec2 from "@pulumi/aws/ec2/index.js";
import { type Binding, binding, first, tagSpecifications } from "./binding.ts";

export function networkBindings(api: EC2): Readonly<Record<string, Binding>> {
  return {
    "aws:ec2/vpc:Vpc": binding<ec2.VpcArgs>({
      async create(inputs) {
        const { Vpc } = await api.createVpc({
          CidrBlock: inputs.cidrBlock,
          AmazonProvidedIpv6CidrBlock: inputs.assignGeneratedIpv6CidrBlock,
          TagSpecifications: tagSpecifications("vpc", inputs.tags),
        });
        const VpcId = Vpc?.VpcId;
        // AWS takes one attribute a call.
        await api.modifyVpcAttribute({ VpcId, EnableDnsSupport: { Value: inputs.enableDnsSupport } });
        await api.modifyVpcAttribute({ VpcId, EnableDnsHostnames: { Value: inputs.enableDnsHostnames } });
        return { id: VpcId, ipv6CidrBlock: Vpc?.Ipv6CidrBlockAssociationSet?.[0]?.Ipv6CidrBlock };
      },
      delete: (VpcId) => api.deleteVpc({ VpcId }),
    }),

    "aws:ec2/internetGateway:InternetGateway": binding<ec2.InternetGatewayArgs>({
      async create({ vpcId, tags }) {
        const { InternetGateway } = await api.createInternetGateway({
          TagSpecifications: tagSpecifications("internet-gateway", tags),
        });
        const InternetGatewayId = InternetGateway?.InternetGatewayId;
        await api.attachInternetGateway({ InternetGatewayId, VpcId: vpcId });
        return { id: InternetGatewayId };
      },
      async delete(InternetGatewayId, { vpcId }) {
        await api.detachInternetGateway({ InternetGatewayId, VpcId: vpcId });
        await api.deleteInternetGateway({ InternetGatewayId });
      },
    }),

    "aws:ec2/subnet:Subnet": binding<ec2.SubnetArgs>({
      async create(inputs) {
        const { Subnet } = await api.createSubnet({
          VpcId: inputs.vpcId,
          CidrBlock: inputs.cidrBlock,
          Ipv6CidrBlock: inputs.ipv6CidrBlock,
          AvailabilityZone: inputs.availabilityZone,
          TagSpecifications: tagSpecifications("subnet", inputs.tags),
        });
        return { id: Subnet?.SubnetId };
      },
      delete: (SubnetId) => api.deleteSubnet({ SubnetId }),
    }),

    "aws:ec2/routeTable:RouteTable": binding<ec2.RouteTableArgs>({
      async create({ vpcId, tags }) {
        const { RouteTable } = await api.createRouteTable({
          VpcId: vpcId,
          TagSpecifications: tagSpecifications("route-table", tags),
        });
        return { id: RouteTable?.RouteTableId };
      },
      delete: (RouteTableId) => api.deleteRouteTable({ RouteTableId }),
    }),

    "aws:ec2/route:Route": binding<ec2.RouteArgs>({
      async create(inputs) {
        await api.createRoute({
          RouteTableId: inputs.routeTableId,
          DestinationCidrBlock: inputs.destinationCidrBlock,
          DestinationIpv6CidrBlock: inputs.destinationIpv6CidrBlock,
          GatewayId: inputs.gatewayId,
          NatGatewayId: inputs.natGatewayId,
        });
        return {
          id: `${inputs.routeTableId}-${inputs.destinationCidrBlock ?? inputs.destinationIpv6CidrBlock}`,
        };
      },
      delete: (_, inputs) =>
        api.deleteRoute({
          RouteTableId: inputs.routeTableId,
          DestinationCidrBlock: inputs.destinationCidrBlock,
          DestinationIpv6CidrBlock: inputs.destinationIpv6CidrBlock,
        }),
    }),

    "aws:ec2/routeTableAssociation:RouteTableAssociation": binding<ec2.RouteTableAssociationArgs>({
      async create({ routeTableId, subnetId }) {
        const { AssociationId } = await api.associateRouteTable({
          RouteTableId: routeTableId,
          SubnetId: subnetId,
        });
        return { id: AssociationId };
      },
      delete: (AssociationId) => api.disassociateRouteTable({ AssociationId }),
    }),

    "aws:ec2/eip:Eip": binding<ec2.EipArgs>({
      async create({ tags }) {
        const { AllocationId, PublicIp } = await api.allocateAddress({
          Domain: "vpc",
          TagSpecifications: tagSpecifications("elastic-ip", tags),
        });
        return { id: AllocationId, allocationId: AllocationId, publicIp: PublicIp };
      },
      delete: (AllocationId) => api.releaseAddress({ AllocationId }),
    }),

    "aws:ec2/natGateway:NatGateway": binding<ec2.NatGatewayArgs>({
      async create({ allocationId, subnetId, tags }) {
        const { NatGateway } = await api.createNatGateway({
          AllocationId: allocationId,
          SubnetId: subnetId,
          TagSpecifications: tagSpecifications("natgateway", tags),
        });
        return { id: NatGateway?.NatGatewayId };
      },
      delete: (NatGatewayId) => api.deleteNatGateway({ NatGatewayId }),
    }),

    "aws:ec2/vpcEndpoint:VpcEndpoint": binding<ec2.VpcEndpointArgs>({
      async create(inputs) {
        const { VpcEndpoint } = await api.createVpcEndpoint({
          VpcId: inputs.vpcId,
          VpcEndpointType: inputs.vpcEndpointType === "Interface" ? "Interface" : "Gateway",
          ServiceName: inputs.serviceName,
          RouteTableIds: inputs.routeTableIds,
          SubnetIds: inputs.subnetIds,
          SecurityGroupIds: inputs.securityGroupIds,
          PrivateDnsEnabled: inputs.privateDnsEnabled,
          PolicyDocument: inputs.policy,
          TagSpecifications: tagSpecifications("vpc-endpoint", inputs.tags),
        });
        const { PrefixLists } = await api.describePrefixLists({
          Filters: [{ Name: "prefix-list-name", Values: [inputs.serviceName ?? ""] }],
        });
        return { id: VpcEndpoint?.VpcEndpointId, prefixListId: PrefixLists?.[0]?.PrefixListId };
      },
      async update(VpcEndpointId, { routeTableIds = [] }, before) {
        const added = routeTableIds.filter((id) => !before.routeTableIds?.includes(id));
        await api.modifyVpcEndpoint({ VpcEndpointId, AddRouteTableIds: added });
        return {};
      },
      async delete(VpcEndpointId, { routeTableIds = [] }) {
        // moto gives no route to a table that comes later, and then fails to take it away.
        if (routeTableIds.length > 0) {
          await api.modifyVpcEndpoint({ VpcEndpointId, RemoveRouteTableIds: routeTableIds });
        }
        await api.deleteVpcEndpoints({ VpcEndpointIds: [VpcEndpointId] });
      },
    }),

    "aws:ec2/flowLog:FlowLog": binding<ec2.FlowLogArgs>({
      async create(inputs) {
        const { FlowLogIds, Unsuccessful } = await api.createFlowLogs({
          ResourceIds: [inputs.vpcId ?? ""],
          ResourceType: "VPC",
          TrafficType: inputs.trafficType === "ALL" ? "ALL" : "REJECT",
          LogDestinationType: "cloud-watch-logs",
          // The API has both; the name is what moto reads.
          LogGroupName: inputs.logDestination?.split(":").at(-1),
          DeliverLogsPermissionArn: inputs.iamRoleArn,
          TagSpecifications: tagSpecifications("vpc-flow-log", inputs.tags),
        });
        const [reason] = Unsuccessful ?? [];
        if (reason) throw new Error(reason.Error?.Message);
        return { id: first(FlowLogIds) };
      },
      delete: (id) => api.deleteFlowLogs({ FlowLogIds: [id] }),
    }),
  };
}
