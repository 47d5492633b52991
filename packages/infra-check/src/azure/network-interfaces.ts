/** The network interfaces that scale sets give their machines. */
import type { RecordedResource } from "../recorder/monitor.ts";
import {
  nested,
  objects,
  ofType,
  type Records,
  refuseOthers,
  requiredText,
  text,
  UntranslatableError,
} from "../recorder/records.ts";
import type { Properties } from "../recorder/value.ts";
import { subResourceAt, subResourceId } from "./sub-resources.ts";
import * as types from "./types/tokens.ts";

/** The network interface of each machine of a scale set. */
export interface NetworkInterface {
  readonly scaleSet: RecordedResource;
  readonly subnetId: string;
  /** The ID of its network security group. */
  readonly group: string | undefined;
  readonly hasPublicAddress: boolean;
  /** The IDs of the pools of balancers that it is in. */
  readonly pools: readonly string[];
}

/** One for each scale set. */
export function networkInterfacesOf(records: Records): readonly NetworkInterface[] {
  return ofType(records, types.SCALE_SET).map((scaleSet) => {
    const profile = nested(nested(scaleSet.inputs["virtualMachineProfile"])["networkProfile"]);
    refuseOthers(scaleSet, ["networkApiVersion", "networkInterfaceConfigurations"], profile);
    const networkInterface = theOne(scaleSet, "networkInterfaceConfigurations", profile);
    refuseOthers(
      scaleSet,
      [
        "name",
        "primary",
        "deleteOption",
        "networkSecurityGroup",
        "ipConfigurations",
        "enableAcceleratedNetworking",
      ],
      networkInterface,
    );
    const address = theOne(scaleSet, "ipConfigurations", networkInterface);
    const pools = ["loadBalancerBackendAddressPools", "applicationGatewayBackendAddressPools"];
    refuseOthers(
      scaleSet,
      ["name", "primary", "privateIPAddressVersion", "subnet", "publicIPAddressConfiguration", ...pools],
      address,
    );
    if ((text(scaleSet, "privateIPAddressVersion", address) ?? "IPv4") !== "IPv4") {
      throw new UntranslatableError(
        scaleSet,
        "a network interface with an address of another version than IPv4",
      );
    }
    return {
      scaleSet,
      subnetId: requiredText(scaleSet, "id", nested(address["subnet"])),
      group: text(scaleSet, "id", nested(networkInterface["networkSecurityGroup"])),
      hasPublicAddress: (address["publicIPAddressConfiguration"] ?? null) !== null,
      pools: pools.flatMap((name) =>
        objects(scaleSet, name, address).map((pool) => requiredText(scaleSet, "id", pool)),
      ),
    };
  });
}

function theOne(scaleSet: RecordedResource, name: string, properties: Properties): Properties {
  const [only, another] = objects(scaleSet, name, properties);
  if (!only || another) throw new UntranslatableError(scaleSet, `should have exactly one of ${name}`);
  return only;
}

/** Whether a load balancer lends its address to what the machines in its pool send out. */
export function isTranslatedByBalancer(records: Records, pools: readonly string[]): boolean {
  return ofType(records, types.LOAD_BALANCER).some((balancer) =>
    objects(balancer, "loadBalancingRules").some((rule) => {
      const pool = requiredText(
        balancer,
        "name",
        subResourceAt(balancer, rule, "backendAddressPool", "backendAddressPools"),
      );
      return (
        rule["disableOutboundSnat"] !== true &&
        pools.includes(subResourceId(balancer, "backendAddressPools", pool))
      );
    }),
  );
}
