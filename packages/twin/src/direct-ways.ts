/** Ways to an instance that avoid the balancer. All should be closed. */
import { type Attempt, probe } from "./probe.ts";
import type { Twin } from "./twin.ts";

/** A way, in words, with whether it is open. */
export interface DirectWay {
  readonly way: string;
  readonly isOpen: boolean;
}

/** The ports of the host, of shells, and of the container. */
const ports = [80, 22, 3000];

/** Tries each instance from outside and from every other instance. */
export async function tryDirectWays({ fabric, instances }: Twin): Promise<readonly DirectWay[]> {
  const outside = { name: "the Internet", host: fabric.internet.host, source: "198.51.100.1" };
  const ways = instances.flatMap(({ model: to }) => {
    const neighbours = instances.flatMap(({ model: { id, name, addresses } }) => {
      const host = id === to.id ? undefined : fabric.hostOf(id);
      return host ? [{ name, host, source: addresses[0] ?? "" }] : [];
    });
    return [outside, ...neighbours].map((from) => ({ from, to }));
  });
  const tried = await Promise.all(
    ways.map(async ({ from, to }) => {
      const target = to.addresses[0] ?? "";
      const attempts = ports.map(
        (port): Attempt => ({ source: from.source, target, version: 4, protocol: "tcp", port }),
      );
      const open = await probe(from.host, attempts);
      return ports.map((port, index) => ({
        way: `${from.name} to ${to.name} (${target}) on TCP ${port}`,
        isOpen: open[index] === true,
      }));
    }),
  );
  return tried.flat();
}
