import { once } from "node:events";
import { existsSync } from "node:fs";
import { test } from "tap";
import { ended, Folder, manyNumbers } from "./sorted.ts";

test("a wrong command line is refused in words", async (t) => {
  const folder = new Folder(t);
  folder.write("in", "1");
  const lines: readonly (readonly [string, string | RegExp])[] = [
    ["--reverse", "unknown option '--reverse'"],
    ["-n", "unknown option '-n'"],
    ["--order up", '--order must be one of asc, desc, found "up"'],
    ["--order", /--order.* argument missing/],
    ["--unique=yes", /--unique.* does not take an argument/],
    ["--limit 1 --limit 2", "--limit is given twice"],
    ["--limit ten", '--limit must be an integer, found "ten"'],
    ["--memory 1G", '--memory must be a size such as 800MB or 1GiB, found "1G"'],
    ["--output out.txt", /; to write to a file, use -o out\.txt/],
    ["--check --merge", "--check and --merge exclude each other"],
    ["--check -o out", "--output-file has no meaning with --check"],
    ["- -", "- is given twice"],
    ["--column id", /^sorted: .*the column "id" is a heading: use --header present, or the column's number/],
    ["--input csv --field price", 'the option "field" is for JSON'],
    ["--stats --check", "--stats has no meaning with --check"],
    ["--threads 0", 'option "threads" must be an integer from 1'],
  ];
  for (const [line, expected] of lines) {
    const { status, stdout, stderr } = await folder.sorted(line.split(" "), "1");
    t.match({ status, stdout, stderr }, { status: 2, stdout: "", stderr: expected }, line);
    t.match(stderr, /^sorted: /);
  }
  t.same(folder.names(), ["in"]);
});

test("a wrong input is named with its line and byte, and the output stays as it was", async (t) => {
  const folder = new Folder(t);
  folder.write("good", "1 2");
  folder.write("bad", "3\n4 x\n");
  folder.write("out", "before");
  t.match(await folder.sorted(["good", "bad", "-o", "out"]), {
    status: 3,
    stdout: "",
    stderr: 'sorted: bad: expected a number, found "x" (line 2, byte 4)\n',
  });
  t.equal(folder.read("out"), "before");
  t.match(await folder.sorted([], "1 2 3,,4"), {
    status: 3,
    stderr: /^sorted: stdin: .*\(line 1, byte 6\)\n$/,
  });
  t.match(await folder.sorted(["--input", "json"], '{"a":[1,tru]}'), {
    status: 3,
    stderr: /line 1, byte 8/,
  });
  const broken = Buffer.from([0x1f, 0x8b, 1, 2, 3]);
  t.match(await folder.sorted([folder.write("broken.gz", broken)]), { status: 3, stderr: /not valid gzip/ });
  t.same(folder.names(), ["bad", "broken.gz", "good", "out"]);
});

test("what the system refuses is said with the name of the file", async (t) => {
  const folder = new Folder(t);
  folder.write("in", "1");
  t.match(await folder.sorted(["missing"]), {
    status: 4,
    stderr: "sorted: missing: no such file or directory\n",
  });
  t.match(await folder.sorted(["in", "-o", "no/out"]), {
    status: 4,
    stderr: "sorted: no/out: no such file or directory\n",
  });
  t.match(await folder.sorted(["in", "--memory", "1MiB"]), {
    status: 4,
    stderr: /at least \d+ MiB are needed/,
  });
});

test("a full disk is said", { skip: !existsSync("/dev/full") && "needs /dev/full" }, async (t) => {
  const folder = new Folder(t);
  folder.write("in", "1");
  t.match(await folder.bash("sorted in > /dev/full"), { status: 4, stderr: /no space left on device/ });
  t.match(await folder.sorted(["in", "-o", "/dev/full"]), { status: 4, stderr: /no space left on device/ });
});

test("a reader that closes the pipe ends it silently", async (t) => {
  const folder = new Folder(t);
  folder.write("in", manyNumbers());
  const { stdout, stderr } = await folder.bash("sorted in | head -n 1; echo $PIPESTATUS");
  t.match(stdout, /^\d+\.5e-3\n0\n$/);
  t.equal(stderr, "");
  t.match(await folder.bash("sorted --help | true; echo $PIPESTATUS"), { stdout: "0\n", stderr: "" });
});

test("a signal ends it, and nothing is left behind", async (t) => {
  const folder = new Folder(t);
  folder.write("out", "before");
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    const child = folder.start(["-o", "out", "--temp", "."]);
    // More than a pipe holds: when all is gone, the command is reading. The end never comes.
    if (child.stdin?.write(manyNumbers(1_000_000)) === false) await once(child.stdin, "drain");
    child.kill(signal);
    t.match(await ended(child), { status: null, signal, stdout: "", stderr: "" });
    t.same(folder.names(), ["out"]);
    t.equal(folder.read("out"), "before");
  }
});
