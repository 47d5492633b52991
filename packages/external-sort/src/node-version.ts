/** `@sorted/external-sort/node-version`: for programs that look before they load the rest. */

/** The least version of the only later major that lacks something at first; and of all others. It is `engines`, too. */
const LEAST = { 23: "23.8", others: "22.15" };

/**
 * What to say if Node is too old for this package, which needs its zstd; undefined if it is not.
 *
 * @param version such as `22.15.0`
 * @example
 * oldNode("20.19.1"); // "Node 20.19.1 is too old: Node 22.15 or newer is needed"
 */
export function oldNode(version: string = process.versions.node): string | undefined {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const least = major === 23 ? LEAST[23] : LEAST.others;
  const [leastMajor = 0, leastMinor = 0] = least.split(".").map(Number);
  if (major > leastMajor || (major === leastMajor && minor >= leastMinor)) return undefined;
  return `Node ${version} is too old: Node ${least} or newer is needed`;
}
