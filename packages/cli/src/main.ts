#!/usr/bin/env node
/** The command `sorted`. What a run does not need is not loaded: small inputs should take no longer than Node's start. */
import { type Command, readCommandLine } from "./command-line.ts";
import { EXIT } from "./exit-status.ts";
import { UsageError } from "./usage-error.ts";

try {
  process.exitCode = await run(readCommandLine(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(`sorted: ${error.message}\nTry "sorted --help".`);
  process.exitCode = EXIT.usage;
}

async function run(command: Command): Promise<number> {
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
  if (error && !("code" in error && error.code === "EPIPE")) throw error;
  return EXIT.done;
}
