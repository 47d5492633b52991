/** The interfaces that recorded resources put into subnets, before their security groups are resolved. */
import { addressIn } from "../reachability/address.ts";
import { byId, type Host } from "../reachability/topology.ts";
import type { RecordedResource } from "../recorder/monitor.ts";
import {
  idOf,
  list,
  nested,
  objects,
  ofType,
  type Records,
  referred,
  refuseOthers,
  requiredText,
  text,
  UntranslatableError,
} from "../recorder/records.ts";
import type { Properties } from "../recorder/value.ts";
import type { GroupedSubnet } from "./network.ts";
import { networkInterfacesOf } from "./network-interfaces.ts";
import * as types from "./types/tokens.ts";

/** A host whose filter is still the ID of its network interface's security group. */
export interface GroupedHost extends Omit<Host, "filters"> {
  readonly group: string | undefined;
  /** The URN of the gateway, scale set or bastion that it belongs to. */
  readonly owner: string;
  /** The IDs of the pools of balancers that it is in. */
  readonly pools: readonly string[];
}

/**
 * All hosts, with made-up but distinct addresses of their subnets.
 *
 * @param instances of each scale set: two or more, so that neighbours are seen too
 */
export function translateHosts(
  records: Records,
  subnets: readonly GroupedSubnet[],
  instances: number,
): readonly GroupedHost[] {
  for (const address of ofType(records, types.PUBLIC_ADDRESS)) {
    if ((text(address, "publicIPAddressVersion") ?? "IPv4") !== "IPv4") {
      throw new UntranslatableError(address, "an address of another version than IPv4");
    }
  }
  // Azure keeps the first four addresses of a subnet.
  const used = new Map<string, number>();
  const place = (
    owner: RecordedResource,
    title: string,
    subnetId: string,
    host: Pick<GroupedHost, "role" | "publicOver"> & Partial<GroupedHost>,
  ): GroupedHost => {
    const subnet = byId(subnets, idOf(referred(records, types.SUBNET, subnetId, owner)));
    const offset = used.get(subnet.id) ?? 4;
    used.set(subnet.id, offset + 1);
    const name = `${title} in ${subnet.name}`;
    const addresses = subnet.prefixes.slice(0, 1).map((prefix) => addressIn(prefix, offset));
    const id = `${owner.urn} ${name}`;
    return { id, name, owner: owner.urn, subnet: subnet.id, addresses, group: undefined, pools: [], ...host };
  };
  const gateways = ofType(records, types.APPLICATION_GATEWAY).flatMap((gateway) => {
    for (const frontend of objects(gateway, "frontendIPConfigurations"))
      publicAddressOf(records, gateway, frontend);
    return objects(gateway, "gatewayIPConfigurations").map((configuration) =>
      place(gateway, "application gateway", subnetOf(gateway, configuration), {
        role: "balancer",
        publicOver: [4],
      }),
    );
  });
  const bastions = ofType(records, types.BASTION).flatMap((bastion) =>
    objects(bastion, "ipConfigurations").map((configuration) => {
      publicAddressOf(records, bastion, configuration);
      return place(bastion, "Bastion", subnetOf(bastion, configuration), {
        role: "bastion",
        publicOver: [4],
      });
    }),
  );
  const machines = networkInterfacesOf(records).flatMap(
    ({ scaleSet, subnetId, group, hasPublicAddress, pools }) =>
      Array.from({ length: instances }, (_, index) =>
        place(scaleSet, `instance ${index + 1}`, subnetId, {
          role: "instance",
          zone: zoneOf(scaleSet, index),
          publicOver: hasPublicAddress ? [4] : [],
          group,
          pools,
        }),
      ),
  );
  return [...gateways, ...bastions, ...machines];
}

/** Azure spreads the machines of a scale set evenly over its zones. */
function zoneOf(scaleSet: RecordedResource, index: number): string | undefined {
  const zones = list(scaleSet, "zones").filter((zone) => typeof zone === "string");
  return zones[index % zones.length];
}

function subnetOf(resource: RecordedResource, configuration: Properties): string {
  return requiredText(resource, "id", nested(configuration["subnet"]));
}

/** Refuses every other kind of front than a public address. */
export function publicAddressOf(records: Records, resource: RecordedResource, front: Properties): void {
  const known = ["name", "publicIPAddress", ...(resource.type === types.BASTION ? ["subnet"] : [])];
  refuseOthers(resource, known, front);
  referred(records, types.PUBLIC_ADDRESS, text(resource, "id", nested(front["publicIPAddress"])), resource);
}
