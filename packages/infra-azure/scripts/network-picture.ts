/** The picture of the network in docs/azure.md: drawn from what the program declares in its least configuration. */
import { drawPassedThrough, recordProgram } from "@sorted/infra-check";
import { azure, translateAzure } from "@sorted/infra-check/azure";

/** Where it lies in the repository. */
export const picturePath = "docs/azure-network.svg";

/** Records the program and draws it, as SVG. */
export async function networkPicture(): Promise<string> {
  const { resources } = await recordProgram({
    cloud: azure,
    project: "sorted-azure",
    config: {
      "azure-native:location": "westeurope",
      sshPublicKey: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExampleExampleExampleExampleExampleExample you",
      // Any will do: one that is given asks no registry for a login.
      imageUri: `ghcr.io/someone/sorted@sha256:${"0".repeat(64)}`,
    },
    run: () => import("../index.ts"),
  });
  return drawPassedThrough(translateAzure(resources), {
    title: "The network of Sorted on Azure",
    frontFrame: "resource group ServerLB",
    backFrame: "resource group ServerVM",
    network: "virtual network",
    balancer: "load balancer",
    natGateway: "NAT gateway",
    instances: "machines",
    group: "of the scale set, over the zones",
  });
}
