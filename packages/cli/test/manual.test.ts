import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "tap";
import manifest from "../package.json" with { type: "json" };
import { flags } from "../src/flags.ts";
import { Folder } from "./sorted.ts";

const hasGroff = spawnSync("groff", ["--version"]).status === 0;
const MAN_PAGE = new URL("../man/sorted.1", import.meta.url);

test("the help names every flag, and no line is wider than a terminal", async (t) => {
  const { status, stdout, stderr } = await new Folder(t).sorted(["--help"]);
  t.match({ status, stderr }, { status: 0, stderr: "" });
  for (const [name] of flags) t.match(stdout, new RegExp(`^ {7}(-\\w, )?--${name}\\b`, "m"));
  t.same(
    stdout.split("\n").filter((line) => line.length > 80),
    [],
  );
  t.match(await new Folder(t).sorted(["-h"]), { stdout });
});

test("the version is the package's", async (t) => {
  t.match(await new Folder(t).sorted(["--version"]), { status: 0, stdout: `${manifest.version}\n` });
});

test("man shows the page as the help is", { skip: !hasGroff && "needs groff" }, async (t) => {
  const source = readFileSync(MAN_PAGE);
  const { stdout, stderr } = spawnSync("groff", ["-man", "-Tascii", "-P-cbou", "-ww"], {
    input: source,
    encoding: "utf8",
  });
  t.equal(stderr, "");
  const words = (text: string) => text.split(/\s+/).join(" ");
  const { stdout: help } = await new Folder(t).sorted(["--help"]);
  t.match(words(stdout), words(help).trim());
});
