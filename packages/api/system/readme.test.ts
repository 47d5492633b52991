/** The examples of the README and the guide are right: a shell runs every command against a running service. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { consoleExamples } from "@sorted/testbed";
import { test } from "tap";
import { startServer } from "../test/process.ts";

/** The contents of a document's code blocks in one language. */
function blocks(document: string, language: string): string[] {
  const text = readFileSync(new URL(`../../../${document}`, import.meta.url), "utf8");
  return Array.from(
    text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, "gms")),
    ([, code = ""]) => code,
  );
}

for (const document of ["README.md", "docs/guide.md"]) {
  test(`every command of ${document} prints what is written below it`, async (t) => {
    const { port } = await startServer(t);
    const all = consoleExamples(document);
    t.ok(all.length > 5, `${all.length} examples`);
    for (const { command, output } of all) {
      const printed = execFileSync("sh", ["-c", command.replaceAll("localhost:3000", `127.0.0.1:${port}`)], {
        encoding: "utf8",
      });
      t.equal(printed.trimEnd(), output.trimEnd(), command);
    }
  });
}

test("the example of the library prints what is written below it", async (t) => {
  const [code = ""] = blocks("README.md", "js");
  const [output] = blocks("README.md", "text");
  const printed = execFileSync(process.execPath, ["--input-type=module", "--eval", code], {
    cwd: new URL("..", import.meta.url),
    encoding: "utf8",
  });
  t.equal(printed, output);
});
