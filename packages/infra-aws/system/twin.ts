/** The program's twin on this machine: `pnpm twin aws [--check]`, on Linux, as root. */
import { recordProgram } from "@sorted/infra-check";
import { aws, translateAws } from "@sorted/infra-check/aws";
import { type Declare, runTwin } from "@sorted/twin";

let runs = 0;

/** Records the program in its least configuration with an image, and translates it with places for three instances in each zone. */
export const declare: Declare = async (imageUri) => {
  runs += 1;
  const { resources } = await recordProgram({
    cloud: aws,
    project: "sorted-aws",
    config: { "aws:region": "eu-central-1", imageUri },
    // Node evaluates a module once for each query string.
    run: () => import(`../index.ts?twin-${runs}`),
  });
  const template = resources.find(({ type }) => type === "aws:ec2/launchTemplate:LaunchTemplate");
  return {
    topology: translateAws(resources, { instancesPerSubnet: 3 }),
    userData: String(template?.inputs["userData"]),
  };
};

/** Brings it up and shows what it does. */
export const run = (check: boolean): Promise<never> => runTwin(declare, check);
