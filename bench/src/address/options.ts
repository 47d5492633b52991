import { parseArgs } from "node:util";
import { loads } from "../loads.ts";

/** The limit of what it sends, whatever the arguments ask for: a benchmark must not become an attack, or a bill. */
const most = { connections: 256, seconds: 600, requests: 1_000_000 } as const;

export const usage = `usage: pnpm bench URL [--load A] [--connections 1,4,16] [--seconds 5] [--requests 10000] [--picture FILE]

  --load         what is sent: ${Object.keys(loads).join(", ")}
  --connections  how many at a time, a step for each; up to ${most.connections}
  --seconds      how long each step may take; all together up to ${most.seconds}
  --requests     how many each step may send; all together up to ${most.requests.toLocaleString("en")}
  --picture      where the picture goes; without it bench/results/HOST.svg

The environment variable SORTED_API_KEY has the key, if the service asks for one.`;

/** What to measure. */
export interface Options {
  /** Scheme, host and port. */
  readonly origin: string;
  /** A name in `loads`. */
  readonly load: string;
  /** Connections at a time, for each step. */
  readonly connections: readonly number[];
  /** How long a step may take. */
  readonly seconds: number;
  /** How many requests a step may send. */
  readonly requests: number;
  /** The path of the picture. */
  readonly picture: string;
}

/**
 * Reads the command line.
 *
 * @throws Error that says what was wrong and what would be right
 *
 * @example
 * readOptions(["localhost:3000", "--connections", "1,8"]).origin; // "http://localhost:3000"
 */
export function readOptions(words: readonly string[]): Options {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      load: { type: "string", default: "A" },
      connections: { type: "string", default: "1,4,16" },
      seconds: { type: "string", default: "5" },
      requests: { type: "string", default: "10000" },
      picture: { type: "string" },
    },
  });
  const [address, ...others] = positionals;
  if (address === undefined || others.length > 0) throw new Error("one URL is needed");
  const url = new URL(address.includes("://") ? address : `http://${address}`);
  if (!/^https?:$/.test(url.protocol) || url.href !== `${url.origin}/`)
    throw new Error(
      "the URL may have no path, query or user, and is http or https: the service is at its root",
    );
  if (!(values.load in loads)) throw new Error(`--load is one of ${Object.keys(loads).join(", ")}`);

  const connections = values.connections
    .split(",")
    .map((text) => wholeNumber("--connections", text, most.connections));
  const steps = connections.length;
  return {
    origin: url.origin,
    load: values.load,
    connections,
    seconds: wholeNumber("--seconds", values.seconds, Math.floor(most.seconds / steps)),
    requests: wholeNumber("--requests", values.requests, Math.floor(most.requests / steps)),
    picture: values.picture ?? `bench/results/${url.host.replaceAll(/[^\w.-]/g, "_")}.svg`,
  };
}

function wholeNumber(option: string, text: string, limit: number): number {
  if (!/^[1-9]\d*$/.test(text) || Number(text) > limit)
    throw new Error(`${option} takes whole numbers from 1 to ${limit} here, not "${text}"`);
  return Number(text);
}
