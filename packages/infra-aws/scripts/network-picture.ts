/** The picture of the network in docs/aws.md: drawn from what the program declares in its least configuration. */
import { drawNetwork, recordProgram } from "@sorted/infra-check";
import { aws, translateAws } from "@sorted/infra-check/aws";

/** Where it lies in the repository. */
export const picturePath = "docs/aws-network.svg";

/** Records the program and draws it, as SVG. */
export async function networkPicture(): Promise<string> {
  const { resources } = await recordProgram({
    cloud: aws,
    project: "sorted-aws",
    config: { "aws:region": "eu-central-1" },
    run: () => import("../index.ts"),
  });
  return drawNetwork(translateAws(resources), {
    title: "The network of Sorted on AWS",
    network: "VPC",
    internetGateway: "internet gateway",
    natGateway: "NAT gateway",
    balancer: "application load balancer",
    instances: "instances",
    group: "of the Auto Scaling group",
    endpoints: "interface endpoints",
    serviceGateway: "gateway endpoint",
  });
}
