import { bodyFile, requestsPerSecond } from "./load-generator.ts";
import { loads } from "./loads.ts";
import { peers } from "./peers.ts";
import { Server } from "./server.ts";

/** The results of one server under one load. */
export interface LoadResult {
  readonly load: string;
  readonly peer: string;
  /** Requests per second in each round. */
  readonly rates: readonly number[];
  readonly peakMegabytes: number;
}

const FIRST_PORT = 4200;

/** Builds the peers, without those whose tools are missing. */
export function buildPeers(names: readonly string[]): string[] {
  return names.filter((name) => {
    try {
      peers[name]?.build();
      return name in peers;
    } catch (error) {
      console.error(`left out: ${name}: ${error instanceof Error ? error.message : error}`);
      return false;
    }
  });
}

/** Sends a load to each of them in turn. */
export async function measureLoad(
  name: string,
  peerNames: readonly string[],
  { rounds, seconds }: { readonly rounds: number; readonly seconds: number },
): Promise<LoadResult[]> {
  const load = loads[name];
  if (load === undefined) return [];
  const body = bodyFile(name, load.make());
  const results: LoadResult[] = [];
  const rates = new Map<string, number[]>(peerNames.map((peer) => [peer, []]));
  const servers = new Map<string, Server>();
  try {
    for (const [i, peer] of peerNames.entries()) {
      const definition = peers[peer];
      if (definition === undefined) continue;
      const server = new Server(definition, FIRST_PORT + i);
      servers.set(peer, server);
      await server.ready();
    }
    const volley = { body, connections: load.connections };
    for (const { port } of servers.values()) await requestsPerSecond({ ...volley, port, seconds: 2 });
    for (let round = 0; round < rounds; round += 1) {
      for (const [peer, { port }] of servers) {
        rates.get(peer)?.push(await requestsPerSecond({ ...volley, port, seconds }));
      }
    }
    for (const [peer, { peakMegabytes }] of servers) {
      results.push({ load: name, peer, rates: rates.get(peer) ?? [], peakMegabytes });
    }
  } finally {
    await Promise.all([...servers.values()].map((server) => server.stop()));
  }
  return results;
}
