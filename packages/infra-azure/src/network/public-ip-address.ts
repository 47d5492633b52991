/** Addresses that the Internet knows. */
import { PublicIPAddress } from "@pulumi/azure-native/network/index.js";
import type * as pulumi from "@pulumi/pulumi";

/** Every zone of a region: an address in all of them outlives the failure of one. */
export const allZones = ["1", "2", "3"];

/** A static IPv4 address over all zones. */
export function publicAddress(
  name: string,
  args: { readonly resourceGroupName: pulumi.Input<string> },
  parent: pulumi.Resource,
): PublicIPAddress {
  return new PublicIPAddress(
    name,
    {
      resourceGroupName: args.resourceGroupName,
      sku: { name: "Standard", tier: "Regional" },
      publicIPAllocationMethod: "Static",
      publicIPAddressVersion: "IPv4",
      zones: allZones,
    },
    { parent },
  );
}
