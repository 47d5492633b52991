/** What a command does not need is not loaded: small inputs should take no longer than Node's start. */
import { type Command, readCommandLine } from "./command-line.ts";
import { EXIT } from "./exit-status.ts";
import { UsageError } from "./usage-error.ts";

/**
 * Does what a command line asks for.
 *
 * @param args what follows the command's name
 * @returns the exit status
 */
export async function run(args: readonly string[]): Promise<number> {
  // Nobody may read what is told, and that ends nothing.
  process.stderr.on("error", () => {});
  try {
    return await perform(readCommandLine(args));
  } catch (error) {
    if (error instanceof UsageError) {
      console.error(`sorted: ${error.message}\nTry "sorted --help".`);
      return EXIT.usage;
    }
    const { exitStatusOf, messageOf } = await import("./failure.ts");
    console.error(`sorted: ${messageOf(error, { files: [], outputFile: undefined })}`);
    return exitStatusOf(error);
  }
}

async function perform(command: Command): Promise<number> {
  switch (command.mode) {
    case "help": {
      const { helpText } = await import("./manual/help-text.ts");
      return print(helpText());
    }
    case "version": {
      const { default: manifest } = await import("../package.json", { with: { type: "json" } });
      return print(`${manifest.version}\n`);
    }
    case "completion": {
      const { completionFor } = await import("./completions/completions.ts");
      return print(completionFor(command.shell));
    }
    default: {
      const { runFileCommand } = await import("./file-command.ts");
      return runFileCommand(command);
    }
  }
}

/** Whoever has read enough closes the pipe: nothing is wrong then. */
async function print(text: string): Promise<number> {
  process.stdout.on("error", () => {});
  const error = await new Promise<Error | null | undefined>((done) => process.stdout.write(text, done));
  if (error && !("code" in error && error.code === "EPIPE")) throw Object.assign(error, { path: "stdout" });
  return EXIT.done;
}
