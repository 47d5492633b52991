/** The commands that documents show, with what they print. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./image.ts";

/** A command, and what it must print. */
export interface Example {
  readonly command: string;
  readonly output: string;
}

/**
 * The commands in a document's blocks of the language `console`.
 *
 * @param document its path in the repository
 */
export function consoleExamples(document: string): readonly Example[] {
  const text = readFileSync(join(root, document), "utf8");
  return [...text.matchAll(/^```console\n(.*?)^```$/gms)].flatMap(([, session = ""]) =>
    session
      .split(/^\$ /m)
      .slice(1)
      .map((part) => {
        const lineEnd = part.indexOf("\n");
        return { command: part.slice(0, lineEnd), output: part.slice(lineEnd + 1) };
      }),
  );
}
