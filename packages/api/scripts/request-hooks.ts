import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { buildApp } from "../src/app.ts";
import { readConfig } from "../src/config/config.ts";

/** The settings that switch something on, each with the value that switches it off. */
const SWITCHES: { readonly [setting: string]: { readonly on: string; readonly off: string | undefined } } = {
  SECURITY_HEADERS: { on: "true", off: "false" },
  CORS_ORIGINS: { on: "*", off: undefined },
  METRICS: { on: "true", off: "false" },
  RATE_LIMIT_REQUESTS: { on: "60", off: "0" },
  COMPRESSION: { on: "true", off: "false" },
  MAX_EVENT_BYTES: { on: "1000000", off: undefined },
  SERVER_TIMING: { on: "true", off: "false" },
  LOG_REQUESTS: { on: "true", off: "false" },
};

/** What the hooks of other packages do, whose sources this script does not read. */
const OF_OTHERS: { readonly [hook: string]: string } = {
  handleCors: "Tells browsers which pages of other origins may use the answer (`@fastify/cors`).",
};

/** When each kind of hook is called, by Fastify's name for it. */
const KINDS: { readonly [kind: string]: string } = {
  onRequest: "the head of the request has come",
  preParsing: "the body is about to be read; the last one reads it",
  onSend: "the answer is about to be sent",
  onResponse: "the answer has left",
};

const SOURCES = join(import.meta.dirname, "../src");

/** What Fastify calls for `POST /`, in its order, as it prints it: `docs/request-hooks.md`. */
export async function requestHooksMarkdown(): Promise<string> {
  const descriptions = readDescriptions();
  const all = await hooksOfPost();
  const settingOf = new Map<string, string>();
  for (const setting of Object.keys(SWITCHES)) {
    const left = new Set([...(await hooksOfPost(setting)).values()].flat());
    for (const hook of [...all.values()].flat()) if (!left.has(hook)) settingOf.set(hook, setting);
  }
  const row = (hook: string, i: number): string => {
    const description = descriptions.get(hook) ?? OF_OTHERS[hook];
    if (description === undefined) throw new Error(`the hook ${hook} has no docblock`);
    const setting = settingOf.get(hook);
    return `| ${i + 1} | \`${hook}\` | ${description} | ${setting === undefined ? "" : `\`${setting}\``} |`;
  };
  const sections = [...all].map(([kind, hooks]) =>
    [
      `## ${kind}`,
      "",
      `Called when ${KINDS[kind]}.`,
      "",
      "| | hook | what it does | only with |",
      "|---|---|---|---|",
      ...hooks.map(row),
      "",
    ].join("\n"),
  );
  return [INTRODUCTION, ...sections].join("\n");
}

const INTRODUCTION = `# Hooks of POST /

What Fastify calls for a request, in this order: printed from Fastify itself, with everything switched on, and the
first line of each hook's docblock. After \`preParsing\` comes the handler, \`sortNumbers\`. A hook that refuses a request
ends the list: the error handler makes the answer, and \`onSend\` follows.
`;

/** The names of the hooks, by kind, with everything switched on except one setting. */
async function hooksOfPost(switchedOff?: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const settings = Object.entries(SWITCHES).map(
    ([setting, { on, off }]) => [setting, setting === switchedOff ? off : on] as const,
  );
  const app = await buildApp(readConfig({ LOG_LEVEL: "silent", ...Object.fromEntries(settings) }));
  await app.ready();
  const printed = app.printRoutes({ method: "POST", includeHooks: true, commonPrefix: false });
  await app.close();
  return parseHooks(printed);
}

/** The first route that `printRoutes` prints: one line per kind, such as `• (onSend) ["encodeAnswer()"]`. */
function parseHooks(printed: string): ReadonlyMap<string, readonly string[]> {
  const [first, ...lines] = printed.split("\n").map((line) => line.trim());
  if (first !== "└── / (POST)") throw new Error(`expected the route / first, found ${first}`);
  const end = lines.findIndex((line) => !line.startsWith("•"));
  return new Map(
    lines.slice(0, end).map((line) => {
      const [, kind = "", names = "[]"] = /^• \((\w+)\) (\[.*\])$/.exec(line) ?? [];
      const hooks: string[] = JSON.parse(names);
      return [kind, hooks.map((hook) => hook.replace(/\(\)$/, ""))];
    }),
  );
}

/** The one-line docblocks above named functions, by the function's name. */
function readDescriptions(): ReadonlyMap<string, string> {
  const descriptions = new Map<string, string>();
  for (const file of globSync("{plugins,routes}/*.ts", { cwd: SOURCES })) {
    const source = readFileSync(join(SOURCES, file), "utf8");
    for (const [, description = "", name = ""] of source.matchAll(
      /\/\*\* (.+) \*\/\n(?:.*\bfunction (?=\w+\()|\s*const )(\w+)/g,
    ))
      descriptions.set(name, description);
  }
  return descriptions;
}
