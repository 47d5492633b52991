import { parseArgs } from "node:util";

/** What a call of `pnpm bench` asks for. */
export interface Call {
  /** Sections to measure and to write to `docs/performance.md`. */
  readonly sections: readonly string[];
  /** Loads that are only measured and printed. */
  readonly loads: readonly string[];
  /** The peers of those loads. */
  readonly peers: readonly string[];
  readonly rounds: number;
  /** How long a load takes in each round. */
  readonly seconds: number;
}

/** The names that a call may use. */
export type Names = Pick<Call, "sections" | "loads" | "peers">;

/**
 * Reads the words after `pnpm bench`.
 *
 * @throws {Error} with the right form of the call, if it is wrong
 */
export function readCall(args: string[], names: Names): Call {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        peers: { type: "string", default: names.peers.join() },
        rounds: { type: "string", default: "5" },
        seconds: { type: "string", default: "3" },
      },
    });
    const known = [...names.sections, ...names.loads];
    const unknown = positionals.find((name) => !known.includes(name));
    if (unknown !== undefined) throw new Error(`"${unknown}" is neither a section nor a load`);
    return {
      sections:
        positionals.length > 0 ? names.sections.filter((name) => positionals.includes(name)) : names.sections,
      loads: names.loads.filter((name) => positionals.includes(name)),
      peers: values.peers.split(","),
      rounds: Number(values.rounds),
      seconds: Number(values.seconds),
    };
  } catch (error) {
    const usage = `usage: pnpm bench [${[...names.sections, ...names.loads].join(" ")}] [--peers ${names.peers.join()}] [--rounds 5] [--seconds 3]
       pnpm bench URL …   (measures a running service)`;
    throw new Error(`${error instanceof Error ? error.message : error}\n${usage}`);
  }
}
