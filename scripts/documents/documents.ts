/** Every document that is made from the source, or holds parts that are: one list over all packages. */
import { documents as ofApi } from "../../packages/api/scripts/documents.ts";
import { documents as ofCli } from "../../packages/cli/scripts/documents.ts";
import { documents as ofAws } from "../../packages/infra-aws/scripts/documents.ts";
import { documents as ofAzure } from "../../packages/infra-azure/scripts/documents.ts";
import { documents as ofCosts } from "../../packages/infra-costs/src/document.ts";

/** The documents: their paths in the repository, and what they must say. */
export async function documents(): Promise<ReadonlyMap<string, string>> {
  // One after the other: recording a program takes the one runtime that Pulumi has in a process.
  return new Map([...(await ofApi()), ...(await ofAws()), ...(await ofAzure()), ...ofCosts(), ...ofCli()]);
}

/** Where a document lies on this machine. */
export function locate(path: string): URL {
  return new URL(`../../${path}`, import.meta.url);
}
