import { once } from "node:events";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
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
  t.match(await folder.sorted(["in", ""]), {
    status: 2,
    stderr: /^sorted: the name of a file must not be empty\n/,
  });
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
    stderr: "sorted: missing: no such file or directory; give the path of a file, or - for standard input\n",
  });
  t.match(await folder.sorted(["in", "-o", "no/out"]), {
    status: 4,
    stderr: "sorted: no/out: no such file or directory; its folder must exist\n",
  });
  t.match(await folder.sorted(["in", "-o", "in/out"]), {
    status: 4,
    stderr: "sorted: in/out: not a directory; what stands before the last / must be a folder\n",
  });
  folder.write("many", manyNumbers(1_000_000));
  t.match(await folder.sorted(["many", "--temp", "no", "--threads", "1", "--memory", "100MiB"]), {
    status: 4,
    stdout: "",
    stderr: "sorted: no: no such file or directory; give a folder for temporary files with --temp\n",
  });
  const inPasses = "sorted many --threads 1 --memory 100MiB -o out";
  t.match(await folder.bash(`TMPDIR=no ${inPasses}`), { status: 4, stderr: /^sorted: no: / });
  t.match(await folder.bash(`TMPDIR= ${inPasses}`), { status: 0 }, "set to nothing");
  t.match(await folder.bash(`ulimit -n 40; sorted ${"in ".repeat(50)}`), {
    status: 4,
    stderr:
      "sorted: in: too many open files; raise the limit with ulimit -n; or sort some of the files at a time, and --merge the results\n",
  });
  t.match(await folder.sorted(["in", "--memory", "1MiB"]), {
    status: 4,
    stderr: /at least \d+ MiB are needed/,
  });
});

test("a folder is told from a file, wherever it is given, before anything is read or written", async (t) => {
  const folder = new Folder(t);
  folder.write("in", "1");
  mkdirSync(join(folder.path, "some-dir"));
  t.match(await folder.sorted(["in", "some-dir"]), {
    status: 4,
    stdout: "",
    stderr: "sorted: some-dir is a folder: name the files in it, such as some-dir/*\n",
  });
  t.match(await folder.sorted(["in", "-o", "some-dir"]), {
    status: 4,
    stderr: "sorted: some-dir is a folder: name a file in it, such as some-dir/sorted.txt\n",
  });
  t.match(await folder.bash("sorted in - < some-dir"), {
    status: 4,
    stdout: "",
    stderr: "sorted: stdin is a folder: give a file, or a pipe\n",
  });
  t.same(folder.names(), ["in", "some-dir"]);
});

test("a Node that is too old is said in one line, with the version that is needed", async (t) => {
  const folder = new Folder(t);
  const isOld =
    'Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.20.2" } });';
  folder.write("old.mjs", isOld);
  const stderr = "sorted: Node 20.20.2 is too old: Node 22.15 or newer is needed\n";
  const onOldNode = "NODE_OPTIONS='--import ./old.mjs'";
  t.match(await folder.bash(`export ${onOldNode}; sorted --help`), { status: 4, stdout: "", stderr });
});

test("a full disk is said", { skip: !existsSync("/dev/full") && "needs /dev/full" }, async (t) => {
  const folder = new Folder(t);
  folder.write("in", "1");
  const full = (name: string) => ({
    status: 4,
    stderr: `sorted: ${name}: no space left on device; free some space, or give a file on another disk with -o\n`,
  });
  t.match(await folder.bash("sorted in > /dev/full"), full("stdout"));
  t.match(await folder.bash("sorted --help > /dev/full"), full("stdout"));
  t.match(await folder.sorted(["in", "-o", "/dev/full"]), full("/dev/full"));
  t.match(await folder.bash("sorted in --stats -o /dev/null 2> /dev/full"), { status: 0, stderr: "" });
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
