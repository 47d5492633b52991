import { parseArgs } from "node:util";

/** What a call of `pnpm bench` asks for. */
export interface Call {
  readonly parts: readonly string[];
  /** Whether that is everything. */
  readonly isWhole: boolean;
  readonly peers: readonly string[];
  readonly rounds: number;
  /** How long a load takes in each round. */
  readonly seconds: number;
}

/**
 * @param parts all that can be measured
 * @param peers all that it can be measured beside
 * @throws with how to call it, where the call is wrong
 */
export function readCall(args: string[], parts: readonly string[], peers: readonly string[]): Call {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        peers: { type: "string", default: peers.join() },
        rounds: { type: "string", default: "5" },
        seconds: { type: "string", default: "3" },
      },
    });
    const unknown = positionals.find((name) => !parts.includes(name));
    if (unknown !== undefined) throw new Error(`"${unknown}" is no part of it`);
    return {
      parts: positionals.length > 0 ? positionals : parts,
      isWhole: positionals.length === 0,
      peers: values.peers.split(","),
      rounds: Number(values.rounds),
      seconds: Number(values.seconds),
    };
  } catch (error) {
    const usage = `usage: pnpm bench [${parts.join(" ")}] [--peers ${peers.join()}] [--rounds 5] [--seconds 3]
       pnpm bench URL …   (measures a running service)`;
    throw new Error(`${error instanceof Error ? error.message : error}\n${usage}`);
  }
}
