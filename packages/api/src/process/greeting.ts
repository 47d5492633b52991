/** What a person sees who starts the service in a terminal. */

/** Where the service listens. */
export interface ListenAddress {
  readonly address: string;
  readonly port: number;
}

/** The addresses that `localhost` reaches: the loopback addresses, and those that mean every address of the machine. */
const LOCAL = new Set(["127.0.0.1", "::1", "0.0.0.0", "::"]);

/**
 * The settings of a service in a terminal. A person reads the greeting there, so the log has only warnings and errors,
 * unless they ask for more with `LOG_LEVEL` or `LOG_REQUESTS`.
 *
 * @param isTerminal whether standard output is a terminal
 */
export function withTerminalDefaults(environment: NodeJS.ProcessEnv, isTerminal: boolean): NodeJS.ProcessEnv {
  if (!isTerminal || environment["LOG_REQUESTS"] === "true") return environment;
  return { LOG_LEVEL: "warn", ...environment };
}

/**
 * The greeting: the address to open, where the reference is, and how to stop.
 *
 * @example
 * greeting({ address: "127.0.0.1", port: 3000 }); // "Sorted is running at http://localhost:3000 …"
 */
export function greeting({ address, port }: ListenAddress): string {
  const host = LOCAL.has(address) ? "localhost" : address.includes(":") ? `[${address}]` : address;
  const url = `http://${host}:${port}`;
  return `
Sorted is running at ${url}

  Open it in a browser     ${url}
  Read the API reference   ${url}/docs
  Stop it                  Ctrl+C
`;
}
