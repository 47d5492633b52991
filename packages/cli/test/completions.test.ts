import { spawnSync } from "node:child_process";
import { test } from "tap";
import { Folder, SORTED } from "./sorted.ts";

const has = (command: string) => spawnSync(command, ["--version"]).status === 0;

test("bash completes flags, their values and files", async (t) => {
  const folder = new Folder(t);
  folder.write("numbers.txt", "1");
  const completed = async (...words: readonly string[]) => {
    const { stdout, stderr } = await folder.bash(`
      eval "$(sorted --completion bash)"
      COMP_WORDS=(sorted ${words.map((word) => `'${word}'`).join(" ")})
      COMP_CWORD=${words.length}
      _sorted
      echo "\${COMPREPLY[*]}"`);
    t.equal(stderr, "");
    return stdout.trimEnd();
  };
  t.equal(await completed("--or"), "--order");
  t.equal(await completed("--o"), "--order --output --output-file");
  t.equal(await completed("--order", ""), "asc desc");
  t.equal(await completed("--order", "=", "d"), "desc");
  t.equal(await completed("--order", "="), "asc desc");
  t.equal(await completed("--limit", ""), "");
  t.equal(await completed("--unique", "num"), "numbers.txt");
  t.equal(await completed("-o", "num"), "numbers.txt");
  t.equal(await completed("--temp", "num"), "", "no folder");
});

test("a user of bash types tab", { skip: !has("script") && "needs script" }, async (t) => {
  const folder = new Folder(t);
  folder.write(
    "rc",
    `PS1=; sorted() { echo "ran:$*"; }; eval "$(${SORTED} --completion bash)"; bind 'set enable-bracketed-paste off'\n`,
  );
  folder.write("keys", "sorted --ord\td\t\nexit\n");
  const { stdout } = await folder.bash('script -qec "bash --noprofile --rcfile rc -i" /dev/null < keys');
  t.match(stdout, "ran:--order desc");
});

test("zsh finds its function", { skip: !has("zsh") && "needs zsh" }, async (t) => {
  const folder = new Folder(t);
  t.match(await folder.bash("sorted --completion zsh > _sorted && zsh -n _sorted"), {
    status: 0,
    stderr: "",
  });
  const { stdout } = await folder.bash(
    "zsh -fc 'fpath=($PWD $fpath); autoload -Uz compinit; compinit -u -D; echo $_comps[sorted]'",
  );
  t.equal(stdout, "_sorted\n");
});

test("fish completes flags and their values", { skip: !has("fish") && "needs fish" }, async (t) => {
  const folder = new Folder(t);
  await folder.bash("sorted --completion fish > sorted.fish");
  const { stdout } = await folder.bash("fish -c 'source sorted.fish; complete -C \"sorted --order \"'");
  t.match(stdout, /^asc\t.*\ndesc\t.*\n$/);
});
