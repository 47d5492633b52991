/** Pulumi's type tokens of Azure that the checks speak of. */

export const VIRTUAL_NETWORK = "azure-native:network:VirtualNetwork";
export const SUBNET = "azure-native:network:Subnet";
export const SECURITY_GROUP = "azure-native:network:NetworkSecurityGroup";
export const NAT_GATEWAY = "azure-native:network:NatGateway";
export const PUBLIC_ADDRESS = "azure-native:network:PublicIPAddress";
export const LOAD_BALANCER = "azure-native:network:LoadBalancer";
export const APPLICATION_GATEWAY = "azure-native:network:ApplicationGateway";
export const BASTION = "azure-native:network:BastionHost";
export const SCALE_SET = "azure-native:compute:VirtualMachineScaleSet";
export const RESOURCE_GROUP = "azure-native:resources:ResourceGroup";
export const REGISTRY = "azure-native:containerregistry:Registry";
export const FIREWALL_POLICY = "azure-native:network:WebApplicationFirewallPolicy";
export const AUTOSCALE_SETTING = "azure-native:monitor:AutoscaleSetting";
export const DIAGNOSTIC_SETTING = "azure-native:monitor:DiagnosticSetting";
export const CONTAINER_APP = "azure-native:app:ContainerApp";
