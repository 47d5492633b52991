/** What a host's user data makes it run: read from the cloud-config that a program declares. */
import { parse } from "yaml";

/** A container as the unit of a host starts it. */
export interface DeclaredContainer {
  /** By digest. */
  readonly image: string;
  /** Limits and restrictions, as arguments of `docker run`. */
  readonly options: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Ports of the host that lead to ports of the container. */
  readonly published: readonly { readonly from: number; readonly to: number }[];
}

/** Options that a twin replaces: it has its own names, network and logs. */
const left = /^--(rm|name|network|publish|env-file|log-driver|log-opt)\b/;

/**
 * Reads user data.
 *
 * @param userData cloud-config in base64, as both clouds take it
 * @throws Error if no unit in it runs a container
 */
export function declaredContainer(userData: string): DeclaredContainer {
  const files = filesOf(parse(Buffer.from(userData, "base64").toString(), { version: "1.1" }));
  const commands = files.flatMap(({ content }) => /^ExecStart=(.*docker run .*)$/m.exec(content)?.[1] ?? []);
  const words = wordsOf(commands[0] ?? "");
  const run = words.indexOf("run");
  const image = words.at(-1);
  if (run < 0 || image === undefined) throw new Error("The user data has no unit that runs a container");
  const options = words.slice(run + 1, -1);
  const values = (name: string): readonly string[] =>
    options.flatMap((option) => (option.startsWith(`--${name}=`) ? option.slice(name.length + 3) : []));
  const [environmentFile] = values("env-file");
  return {
    image,
    options: options.filter((option) => !left.test(option)),
    environment: variablesOf(files.find(({ path }) => path === environmentFile)?.content ?? ""),
    published: values("publish").map((ports) => {
      const [from, to] = ports.split(":");
      return { from: Number(from), to: Number(to) };
    }),
  };
}

interface WrittenFile {
  readonly path: string;
  readonly content: string;
}

function filesOf(config: unknown): readonly WrittenFile[] {
  if (typeof config !== "object" || config === null || !("write_files" in config)) return [];
  return Array.isArray(config.write_files) ? config.write_files : [];
}

/** The words of a command in a unit, as systemd.service(5) reads them. Specifiers stay. */
function wordsOf(command: string): readonly string[] {
  return [...command.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g)].map(([, quoted, plain]) =>
    (quoted?.replace(/\\(.)/g, "$1") ?? plain ?? "").replaceAll("$$", "$"),
  );
}

function variablesOf(content: string): Readonly<Record<string, string>> {
  const lines = content.split("\n").filter(Boolean);
  return Object.fromEntries(lines.map((line) => line.split(/=(.*)/s, 2)));
}
