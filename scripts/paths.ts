/**
 * Checks that the paths in comments and Markdown documents exist: `node scripts/paths.ts [FOLDER]`. FOLDER is a Git
 * repository (default: this one). Prints each path that does not exist, and then exits with status 1.
 *
 * A path is a word that ends in the extension of a file of the repository (`paths.ts`), or that begins with a folder
 * of the root and a slash (`packages/core`). It may have wildcards. It may be relative to the folder of its file, to a folder above
 * that, to `packages`, in a document also to any package, and to `src`, `test` or `system` in one of those. A name with a
 * capital (`Pulumi.yaml`) may be anywhere.
 *
 * Not taken for paths: links (remark checks them), URLs, names of npm packages, absolute paths, names of data files
 * without a folder, what Git ignores, and words with a placeholder, as in `$HOME/x.ts`, `<name>.ts` and `FILE.yaml`.
 */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, extname, join, matchesGlob } from "node:path";

/** A path that a comment or a document names. */
interface Mention {
  readonly file: string;
  readonly line: number;
  readonly path: string;
  /** All the places of the repository that the path may mean. */
  readonly candidates: readonly string[];
}

const SUBFOLDERS = ["", "src", "test", "system"];

/** The beginnings of comments, by the extension of the file. */
const SLASHES = /(?:^|\s)\/\/ (.*)|^\s*(?:\/\*\*?|\*) ?(.*)/;
const HASHES = /(?:^|\s)# (.*)/;
const COMMENTS: Readonly<Record<string, RegExp>> = {
  ...Object.fromEntries([".ts", ".css", ".go", ".rs"].map((extension) => [extension, SLASHES])),
  ...Object.fromEntries(["", ".yaml", ".yml", ".sh", ".py", ".toml"].map((extension) => [extension, HASHES])),
  ".md": /(.*)/,
};

const FENCE = /^\s*```/;
const LINK_URL_OR_PACKAGE = /\[[^\]]*\]\([^)]*\)|\b[\w+.-]+:\S+|@[\w-]+\/\S+/g;
const WORD = /[\w.*/{$~<%…@-][\w.*/{},$~<>%…@+-]*/g;
const PLACEHOLDER = /[$~<>%…@]|(^|\/)[A-Z_]{3,}(?=[./]|$)/;
/** Without a folder, names of data files are those of users' files. */
const DATA = new Set([".csv", ".json", ".txt"]);
/** Names of products that look like files, and the settings of a stack, which its owner writes. */
const NO_PATHS = [/^Node\.js$/, /^Pulumi\.\w+\.yaml$/];

const root = process.argv[2] ?? join(import.meta.dirname, "..");
const files = git(["ls-files", "--cached", "--others", "--exclude-standard"]).filter((file) =>
  existsSync(join(root, file)),
);
const names = new Set(files.map((file) => basename(file)));
// Not those of man pages, which are numbers: a number may end so too.
const extensions = new Set(
  files.map((file) => extname(file)).filter((extension) => /^\.[a-z]/i.test(extension)),
);
const known = new Set(files.flatMap((file) => [file, ...foldersAbove(file)]));
const packages = files.filter((file) => basename(file) === "package.json").map((file) => dirname(file));

const missing = files.flatMap(mentionsIn).filter(({ candidates }) => !candidates.some(exists));
const ignored = new Set(
  git(["check-ignore", "--no-index", "--stdin"], missing.flatMap(({ candidates }) => candidates).join("\n")),
);
const findings = missing.filter(({ candidates }) => !candidates.some((path) => ignored.has(path)));
for (const { file, line, path } of findings) console.error(`${file}:${line}: ${path} does not exist`);
if (findings.length > 0) process.exitCode = 1;

function git(args: readonly string[], input = ""): string[] {
  try {
    const output = execFileSync("git", ["-C", root, ...args], { input, encoding: "utf8" });
    return output.split("\n").filter((line) => line !== "");
  } catch (error) {
    // Git found no ignored path.
    if (error instanceof Error && "status" in error && error.status === 1) return [];
    throw error;
  }
}

function mentionsIn(file: string): Mention[] {
  const comment = COMMENTS[extname(file)];
  if (comment === undefined) return [];
  let isFenced = false;
  const lines = readFileSync(join(root, file), "utf8").split("\n");
  return lines.flatMap((text, i) => {
    if (file.endsWith(".md") && FENCE.test(text)) isFenced = !isFenced;
    const match = comment.exec(text);
    if (match === null) return [];
    const prose = (match[1] ?? match[2] ?? "").replaceAll(LINK_URL_OR_PACKAGE, " ");
    const words = (prose.match(WORD) ?? []).map((word) => word.replace(/[.,]+$/, ""));
    const paths = words.filter((word) => (word.includes("/") || !isFenced) && isPath(word));
    return paths.map((path) => ({ file, line: i + 1, path, candidates: placesOf(path, file) }));
  });
}

function isPath(word: string): boolean {
  if (word.startsWith("/") || NO_PATHS.some((name) => name.test(word))) return false;
  if (PLACEHOLDER.test(word) && !names.has(basename(word))) return false;
  if (/^\.\.?\//.test(word)) return true;
  const extension = extname(word);
  if (!word.includes("/")) return /^\w/.test(word) && extensions.has(extension) && !DATA.has(extension);
  const [first = ""] = word.split("/");
  return extensions.has(extension) || known.has(first);
}

/** What a path in a file may mean, relative to the root. */
function placesOf(path: string, file: string): string[] {
  if (/^[A-Z][\w.]+$/.test(path)) return files.filter((candidate) => basename(candidate) === path);
  const isRelative = /^\.\.?\//.test(path);
  const others = file.endsWith(".md") ? ["packages", ...packages] : ["packages"];
  const folders = isRelative ? [dirname(file)] : [...foldersAbove(file), ...others];
  const places = folders.flatMap((folder) =>
    SUBFOLDERS.map((subfolder) => join(folder, subfolder, path).replace(/\/$/, "")),
  );
  return places.filter((place) => !place.startsWith(".."));
}

/** The folders that hold a file, the root (`.`) last. */
function foldersAbove(path: string): string[] {
  const folder = dirname(path);
  return folder === "." ? [folder] : [folder, ...foldersAbove(folder)];
}

function exists(path: string): boolean {
  if (!/[*{]/.test(path)) return known.has(path);
  return files.some((file) => matchesGlob(file, path));
}
