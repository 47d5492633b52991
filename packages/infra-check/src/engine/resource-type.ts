/** What a provider's own SDK says about its types: which outputs the cloud computes. */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const known = new Map<string, readonly string[]>();

/**
 * The outputs of a type that a program can't know before the resource exists, read from the declarations of Pulumi's
 * SDK: all that always have a value. Those that the program gives as inputs are known nevertheless.
 *
 * @param sdk the folder of the package, such as `node_modules/@pulumi/aws`
 * @param type such as `aws:ec2/vpc:Vpc` or `azure-native:network:VirtualNetwork`
 * @throws if the SDK has no such type
 */
export function computedOutputs(sdk: string, type: string): readonly string[] {
  const before = known.get(type);
  if (before) return before;
  const [, module = "", name = ""] = type.split(":");
  const path = module.includes("/") ? module : join(module.replace("index", ""), lowerFirst(name));
  const file = join(sdk, `${path}.d.ts`);
  if (!existsSync(file)) throw new Error(`${type} is no type of ${sdk}`);
  const outputs = [
    ...readFileSync(file, "utf8").matchAll(/readonly (\w+): pulumi\.Output<([\s\S]*?)>;\n/g),
  ].filter(([, , value = ""]) => !value.endsWith("| undefined"));
  const names = outputs.map(([, property = ""]) => property);
  known.set(type, names);
  return names;
}

/** The folder of an SDK, as a file of a program would find it. */
export function sdkOf(name: string, user: string): string {
  return dirname(createRequire(user).resolve(`${name}/package.json`));
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
