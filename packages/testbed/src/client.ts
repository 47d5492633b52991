/** The client of a Docker daemon. */
import { execute, type Output } from "./command.ts";

export class Client {
  readonly #command: string;
  readonly #first: readonly string[];

  /** @param command The command, with its first arguments. */
  constructor([command, ...first]: readonly [string, ...string[]]) {
    this.#command = command;
    this.#first = first;
  }

  /** Runs it with the given arguments and environment variables. */
  execute(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Output> {
    const variables = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
    return execute("env", [...variables, this.#command, ...this.#first, ...args]);
  }

  /** Runs it with the given arguments and returns what it printed to standard output. */
  async command(...args: readonly string[]): Promise<string> {
    return (await this.execute(args)).stdout;
  }
}
