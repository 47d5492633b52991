/** Shows what is made of the answers of Azure's API. Can't show that Azure answers so. */
import { recordProgram } from "@sorted/infra-check";
import { azure } from "@sorted/infra-check/azure";
import { test } from "tap";
import { z } from "zod";
import { ask, askAll } from "../../src/resources/resource-manager.ts";

const version = { "api-version": "1" };
const item = z.object({ name: z.string() });

/** Asks where the API gives these answers one after another; returns what comes of it, and the requests. */
async function asking<Answer>(question: () => Promise<Answer>, ...answers: readonly Response[]) {
  const requests: { readonly url: string; readonly authorization: string | null }[] = [];
  const fetch: typeof globalThis.fetch = async (url, init) => {
    const authorization = new Headers(init?.headers).get("authorization");
    requests.push({ url: String(url), authorization });
    return answers[requests.length - 1] ?? Response.error();
  };
  let answer: Answer | undefined;
  const run = async () => {
    answer = await question();
  };
  const { calls } = await recordProgram({ cloud: { ...azure, fetch }, run });
  return { answer, requests, calls };
}

test("a list is asked for page by page, each time with a token of its own", async (t) => {
  const next = "https://management.azure.com/next";
  const { answer, requests, calls } = await asking(
    () => askAll("/things", { ...version, $filter: "location eq 'here'" }, item),
    Response.json({ value: [{ name: "one" }], nextLink: next }),
    Response.json({ value: [{ name: "two" }], nextLink: null }),
  );
  t.strictSame(answer, [{ name: "one" }, { name: "two" }]);
  const authorization = "Bearer token for Azure's API";
  t.strictSame(requests, [
    {
      url: "https://management.azure.com/things?api-version=1&%24filter=location%20eq%20%27here%27",
      authorization,
    },
    { url: next, authorization },
  ]);
  t.equal(calls.length, 2);
});

test("what is not there is no error: a resource, or all that would be in it", async (t) => {
  const none = () => Response.json({ error: { message: "none" } }, { status: 404 });
  t.equal((await asking(() => ask("/thing", version, item), none())).answer, undefined);
  t.strictSame((await asking(() => askAll("/things", version, item), none())).answer, []);
});

test("a refusal is an error in Azure's words", async (t) => {
  const refused = Response.json({ error: { message: "The client may not read skus" } }, { status: 403 });
  await t.rejects(
    asking(() => ask("/thing", version, item), refused),
    {
      message: "Azure answers 403 to /thing: The client may not read skus",
    },
  );
  await t.rejects(
    asking(() => ask("/thing", version, item), new Response("", { status: 502 })),
    {
      message: "Azure answers 502 to /thing: no reason",
    },
  );
});
