/** What each configuration guarantees about its network, and the records to judge it by. */
import { GUARANTEES, type Guarantees, type RecordedResource } from "@sorted/infra-check";
import { type Configuration, configurations, record } from "./configurations.ts";

export type Records = readonly RecordedResource[];

const tls: Guarantees = { ...GUARANTEES, clientPorts: [80, 443] };

/** What each configuration guarantees. */
export const guarantees: Readonly<Record<Configuration, Guarantees>> = {
  least: GUARANTEES,
  threeZones: { ...GUARANTEES, wayOut: "natOfZone" },
  noNat: { ...GUARANTEES, wayOut: "endpoints" },
  domain: tls,
  certificate: tls,
  existingVpc: GUARANTEES,
  givenImage: GUARANTEES,
  spot: GUARANTEES,
  functionUrl: GUARANTEES,
  balancedFunction: GUARANTEES,
  balancedFunctionInVpc: GUARANTEES,
  company: { ...GUARANTEES, clientRanges: [] },
  isProtected: GUARANTEES,
  everything: GUARANTEES,
};

/** A network that somebody else made: that of another stack, under the IDs that the configuration names. */
async function existingNetwork(): Promise<Records> {
  const { resources } = await record("least");
  const { vpcId, publicSubnetIds, privateSubnetIds } = configurations.existingVpc;
  const ids = { public: publicSubnetIds, private: privateSubnetIds };
  const network = resources.filter(({ type }) =>
    /^aws:ec2\/(vpc|subnet|internetGateway|natGateway|eip|route|routeTable|routeTableAssociation):/.test(
      type,
    ),
  );
  const text = JSON.stringify(network)
    .replace(
      /sorted-(public|private)-(\d)-id/g,
      (_, tier: "public" | "private", zone) => ids[tier][zone - 1] ?? "",
    )
    .replaceAll('"vpcId":"sorted-id"', `"vpcId":"${vpcId}"`);
  const renamed: Records = JSON.parse(text);
  return renamed.map((resource) =>
    resource.type === "aws:ec2/vpc:Vpc" ? { ...resource, id: vpcId } : resource,
  );
}

/** What a configuration declares, and for an existing VPC also what is there already. */
export async function recordsOf(configuration: Configuration): Promise<Records> {
  const { resources } = await record(configuration);
  const settings: Readonly<Record<string, unknown>> = configurations[configuration];
  return settings["vpcId"] !== undefined ? [...(await existingNetwork()), ...resources] : resources;
}
