/**
 * Measures a running service at any address: `pnpm bench URL`, with limits on time and count. Prints a table and writes
 * a picture. It sends the key in SORTED_API_KEY, if there is one. The exit status is 0 if every answer was right, 1 if
 * one was not, and 2 if the arguments are wrong.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { sortJson } from "@sorted/core";
import { request } from "undici";
import { loads } from "../loads.ts";
import { measureStep, type StepResult } from "./measure.ts";
import { type Options, readOptions, usage } from "./options.ts";
import { picture } from "./picture.ts";
import { table } from "./table.ts";

const firstAnswerSeconds = 30;

const key = process.env["SORTED_API_KEY"];
const headers = { "content-type": "application/json", ...(key && { authorization: `Bearer ${key}` }) };

let options: Options;
try {
  options = readOptions(process.argv.slice(2));
} catch (error) {
  console.error(`${error instanceof Error ? error.message : error}\n${usage}`);
  process.exit(2);
}
process.exitCode = (await measure(options)) ? 0 : 1;

async function measure({ origin, load, connections, picture: file, ...bounds }: Options): Promise<boolean> {
  const body = loads[load]?.make() ?? "";
  const answer = Buffer.from(sortJson(body).toBytes()).toString();
  const complaint = await complaintAbout(origin, body, answer);
  if (complaint !== undefined) {
    console.error(`${origin}: ${complaint}`);
    return false;
  }
  const title = `${origin}: ${load}, ${loads[load]?.title}, ${new Date().toISOString().slice(0, 16)} UTC`;
  console.log(`${title}\n`);
  const results: StepResult[] = [];
  for (const each of connections) {
    results.push(await measureStep({ origin, headers, body, answer, connections: each, ...bounds }));
  }
  console.log(table(results));
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, picture(title, results));
  console.log(`\npicture: ${file}`);
  return results.every(({ answered, failed }) => answered > 0 && failed === 0);
}

/** Sends one request before the others, so that a wrong address is reported at once, and in words. */
async function complaintAbout(origin: string, body: string, answer: string): Promise<string | undefined> {
  try {
    const signal = AbortSignal.timeout(firstAnswerSeconds * 1000);
    const response = await request(origin, { method: "POST", headers, body, signal });
    const { statusCode } = response;
    const text = await response.body.text();
    if (statusCode === 200 && text === answer) return undefined;
    if (statusCode === 401) {
      const why = key ? "does not know the key in" : "needs a key: put one into";
      return `${why} the environment variable SORTED_API_KEY`;
    }
    const to = response.headers["location"];
    return `answers ${statusCode}${to ? `, to ${to}` : ""}: ${text.slice(0, 200)}`;
  } catch (error) {
    return `does not answer: ${error instanceof Error ? error.message : error}`;
  }
}
