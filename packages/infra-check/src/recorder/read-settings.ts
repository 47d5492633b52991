/** Reading a program's settings as a preview does, without a program around it. */
import { recordProgram } from "./record.ts";

/**
 * The settings that a program reads from a stack's configuration.
 *
 * @param config with the namespaces, as in a stack's file
 * @throws what `read` throws
 */
export async function readSettings<Settings>(
  project: string,
  config: Readonly<Record<string, unknown>>,
  read: () => Settings,
): Promise<Settings | undefined> {
  let settings: Settings | undefined;
  await recordProgram({
    project,
    config,
    run: () => {
      settings = read();
    },
  });
  return settings;
}

/** What a configuration that does not fit is answered with, a line each; nothing where it fits. */
export async function mistakesOf(reading: Promise<unknown>): Promise<readonly string[]> {
  try {
    await reading;
    return [];
  } catch (error) {
    const [title, ...mistakes] = String(error).split("\n");
    return title === "Error: These settings are wrong:"
      ? mistakes.map((line) => line.trim())
      : [String(error)];
  }
}
