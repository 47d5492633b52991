import type { Config } from "../config/config.ts";

/** The service can't listen on its address. The message says why, and what to do. */
export class ListenError extends Error {
  override readonly name = "ListenError";
}

type Address = Pick<Config, "HOST" | "PORT">;

/** The failures of `listen` that a setting can solve, by the code that Node gives them. */
const MESSAGES: { readonly [code: string]: (address: Address) => string } = {
  EADDRINUSE: ({ PORT }) =>
    `Port ${PORT} is taken. Set PORT to another port, as in PORT=${otherPort(PORT)} npx pnpm@12 start, or stop the program that listens there.`,
  EACCES: ({ PORT }) =>
    `This process may not listen on port ${PORT}. Set PORT to 1024 or more, as in PORT=3000 npx pnpm@12 start, or give the process the privilege.`,
  EADDRNOTAVAIL: ({ HOST }) =>
    `HOST is not an address of this machine: ${HOST}. Set HOST to 127.0.0.1, to 0.0.0.0 for every address, or to one that this machine has.`,
  EINVAL: ({ HOST }) => `HOST is not an address to listen on: ${HOST}. Set HOST to 127.0.0.1 or 0.0.0.0.`,
  ENOTFOUND: ({ HOST }) =>
    `HOST is not a known name: ${HOST}. Set HOST to an address, such as 127.0.0.1 or 0.0.0.0.`,
  EAI_AGAIN: ({ HOST }) =>
    `HOST can't be resolved now: ${HOST}. Set HOST to an address, such as 127.0.0.1 or 0.0.0.0.`,
};

/**
 * The error to show a person when `listen` fails.
 *
 * @returns a ListenError with the cause; `error` itself if no setting can solve it
 */
export function toListenError(error: unknown, address: Address): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const message = Object.hasOwn(MESSAGES, code) ? MESSAGES[code] : undefined;
  return message === undefined ? error : new ListenError(message(address), { cause: error });
}

function otherPort(port: number): number {
  return port < 65_535 ? port + 1 : port - 1;
}
