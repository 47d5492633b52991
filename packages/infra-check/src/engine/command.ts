/** The stand-in for Pulumi's provider of local commands, which runs them as that does. */
import { execFile } from "node:child_process";
import { dirname } from "node:path";
import { isProperties, type Properties } from "../recorder/value.ts";
import type { Cloud } from "./cloud.ts";
import { withoutTestHooks } from "./language-host.ts";
import { computedOutputs, sdkOf } from "./resource-type.ts";

/**
 * @param folder of the program, where Pulumi starts commands
 * @param environment what commands find in addition to their own
 */
export function commandCloud(folder: string, environment: Readonly<Record<string, string>> = {}): Cloud {
  const run = async (inputs: Properties): Promise<Properties> => {
    const own = isProperties(inputs["environment"]) ? inputs["environment"] : {};
    const command = String(inputs["create"]);
    return new Promise((resolve, reject) => {
      const options = {
        cwd: folder,
        env: {
          ...withoutTestHooks(process.env),
          PATH: `${dirname(process.execPath)}:${process.env["PATH"]}`,
          ...environment,
          ...Object.fromEntries(Object.entries(own).map(([name, value]) => [name, String(value)])),
        },
      };
      execFile("/bin/sh", ["-c", command], options, (error, stdout, stderr) => {
        if (error) reject(new Error(`exit status ${error.code}: running "${command}":\n${stderr}`));
        else resolve({ ...inputs, stdout, stderr });
      });
    });
  };
  return {
    typeOf: (type) => ({
      computed: computedOutputs(sdkOf("@pulumi/command", `${folder}/package.json`), type),
      changing: ["stdout", "stderr"],
      replaceOn: ["triggers"],
      named: undefined,
      suffix: () => "",
    }),
    answer: async (token) => {
      throw new Error(`No answer for the data source ${token}`);
    },
    create: async ({ name, inputs }) => ({ id: name, outputs: await run(inputs) }),
    read: async (existing) => existing,
    update: async (_, inputs) => run(inputs),
    delete: async () => undefined,
  };
}
