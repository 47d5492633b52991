/** Questions to Azure's API that Pulumi's provider has no function for. */
import { getClientConfig, getClientToken } from "@pulumi/azure-native/authorization/index.js";
import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";

const api = "https://management.azure.com";

const refusal = z.object({ error: z.object({ message: z.string() }) });

/** The ID of the subscription that the provider deploys to. */
export async function subscription(): Promise<string> {
  const { subscriptionId } = await getClientConfig();
  return `/subscriptions/${subscriptionId}`;
}

/**
 * Asks for one resource.
 *
 * @param path its ID, or another path of the API
 * @param query with `api-version`
 * @returns what `shape` takes from the answer; `undefined` if there is no such resource
 * @throws {pulumi.RunError} if Azure refuses to say, in Azure's words
 */
export async function ask<Shape extends z.ZodType>(
  path: string,
  query: Readonly<Record<string, string>>,
  shape: Shape,
): Promise<z.output<Shape> | undefined> {
  return answer(address(path, query), shape);
}

/**
 * Asks for one resource that whoever deploys need not be allowed to read.
 *
 * @returns as {@link ask} does; or that Azure forbids it
 * @throws {pulumi.RunError} if Azure refuses for another reason, in Azure's words
 */
export async function askIfAllowed<Shape extends z.ZodType>(
  path: string,
  query: Readonly<Record<string, string>>,
  shape: Shape,
): Promise<z.output<Shape> | undefined | "forbidden"> {
  const url = address(path, query);
  const response = await respond(url);
  return response.status === 403 ? "forbidden" : read(url, response, shape);
}

/**
 * Asks for all that is in a list, over its pages.
 *
 * @returns the items; none if what they would be in is not there
 * @throws {pulumi.RunError} if Azure refuses to say, in Azure's words
 */
export async function askAll<Item extends z.ZodType>(
  path: string,
  query: Readonly<Record<string, string>>,
  item: Item,
): Promise<readonly z.output<Item>[]> {
  const page = z.object({ value: z.array(item), nextLink: z.string().nullish() });
  const items: z.output<Item>[] = [];
  let next: string | null | undefined = address(path, query);
  while (next) {
    const found: z.output<typeof page> | undefined = await answer(next, page);
    items.push(...(found?.value ?? []));
    next = found?.nextLink;
  }
  return items;
}

/** A filter has spaces in it, which only forms write as a plus. */
function address(path: string, query: Readonly<Record<string, string>>): string {
  return `${api}${path}?${new URLSearchParams(query).toString().replaceAll("+", "%20")}`;
}

/** Each time with a token of its own: a deployment takes longer than one is good for. */
async function respond(url: string): Promise<Response> {
  const { token } = await getClientToken();
  return fetch(url, { headers: { authorization: `Bearer ${token}` } });
}

async function answer<Shape extends z.ZodType>(
  url: string,
  shape: Shape,
): Promise<z.output<Shape> | undefined> {
  return read(url, await respond(url), shape);
}

async function read<Shape extends z.ZodType>(
  url: string,
  response: Response,
  shape: Shape,
): Promise<z.output<Shape> | undefined> {
  if (response.status === 404) return undefined;
  const body: unknown = await response.json().catch(() => undefined);
  if (!response.ok) {
    const { data } = refusal.safeParse(body);
    throw new pulumi.RunError(
      `Azure answers ${response.status} to ${new URL(url).pathname}: ${data?.error.message ?? "no reason"}`,
    );
  }
  return shape.parse(body);
}
