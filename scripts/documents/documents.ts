/** Every document that is generated from the source, as a whole or in part: one list over all packages. */
import { documents as ofApi } from "../../packages/api/scripts/documents.ts";
import { documents as ofCli } from "../../packages/cli/scripts/documents.ts";
import { documents as ofAws } from "../../packages/infra-aws/scripts/documents.ts";
import { documents as ofAzure } from "../../packages/infra-azure/scripts/documents.ts";
import { documents as ofCosts } from "../../packages/infra-costs/src/document.ts";

/** The documents: their paths in the repository, and what they must say. */
export async function documents(): Promise<ReadonlyMap<string, string>> {
  // One after the other: recording a program needs Pulumi's runtime, which exists once per process.
  return new Map([...(await ofApi()), ...(await ofAws()), ...(await ofAzure()), ...ofCosts(), ...ofCli()]);
}

/** The path of a document on this machine. */
export function locate(path: string): URL {
  return new URL(`../../${path}`, import.meta.url);
}
