/** The program's twin on this machine: `pnpm twin azure [--check]`, on Linux, as root. */
import { isProperties, recordProgram } from "@sorted/infra-check";
import { azure, translateAzure } from "@sorted/infra-check/azure";
import { type Declare, runTwin } from "@sorted/twin";
import { required } from "../test/required.ts";

let runs = 0;

/** Records the program in its least configuration with an image, and translates it with places for three machines in each zone. */
export const declare: Declare = async (imageUri) => {
  runs += 1;
  const { resources } = await recordProgram({
    cloud: azure,
    project: "sorted-azure",
    config: { ...required, imageUri },
    // Node evaluates a module once for each query string.
    run: () => import(`../index.ts?twin-${runs}`),
  });
  const scaleSet = resources.find(({ type }) => type === "azure-native:compute:VirtualMachineScaleSet");
  const profile = scaleSet?.inputs["virtualMachineProfile"];
  const os = isProperties(profile) ? profile["osProfile"] : undefined;
  const userData = isProperties(os) ? os["customData"] : undefined;
  return { topology: translateAzure(resources, { instances: 6 }), userData: String(userData) };
};

/** Brings it up and shows what it does. */
export const run = (check: boolean): Promise<never> => runTwin(declare, check);
