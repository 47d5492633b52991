/**
 * The test files of a package, in one process. To load Pulumi and a cloud's SDK takes longer than most of them take, and
 * several ask for the same recording. Each file remains a program that runs by itself.
 */
import { globSync } from "node:fs";
import { pathToFileURL } from "node:url";

/**
 * Imports every `*.test.ts` in a folder and below it. Call it in a test: tap runs those of the files after that test, but
 * would end once those of the first file had run.
 *
 * @param folder an absolute path
 * @throws what a file throws while it is loaded
 *
 * @example
 * test("the test files load", () => importTests(import.meta.dirname));
 */
export async function importTests(folder: string): Promise<void> {
  const files = globSync(`${folder}/**/*.test.ts`).toSorted();
  for (const file of files) await import(pathToFileURL(file).href);
}
