import { gunzipSync, gzipSync, zstdCompressSync, zstdDecompressSync } from "node:zlib";
import { test } from "tap";
import { Folder } from "./sorted.ts";

test("sorts files and standard input, together", async (t) => {
  const folder = new Folder(t);
  folder.write("a", "3\n1.0\n");
  folder.write("b", "2;1");
  t.match(await folder.sorted(["a", "b"]), { status: 0, stdout: "1.0\n1\n2\n3\n", stderr: "" });
  t.match(await folder.sorted([], "10 9 1"), { status: 0, stdout: "1\n9\n10\n" });
  t.match(await folder.sorted(["a", "-"], "2"), { status: 0, stdout: "1.0\n2\n3\n" });
});

test("is exact to the last digit", async (t) => {
  const folder = new Folder(t);
  const { stdout } = await folder.sorted(
    [],
    "1e400 9007199254740993 9007199254740992 0.10000000000000000001 0.1",
  );
  t.equal(stdout, "0.1\n0.10000000000000000001\n9007199254740992\n9007199254740993\n1e400\n");
});

test("takes the options of the API as flags", async (t) => {
  const folder = new Folder(t);
  const numbers = "2 1 3.00 2.0 3";
  const outputs: readonly (readonly [string, string])[] = [
    ["--order desc", "3.00\n3\n2\n2.0\n1\n"],
    ["--order=desc --unique", "3.00\n2\n1\n"],
    ["-u --limit 2", "1\n2\n"],
    ["--limit 0", ""],
    ["--output csv", "1\r\n2\r\n2.0\r\n3.00\r\n3\r\n"],
    ["--output json", '{"sorted":[1,2,2.0,3.00,3]}'],
    ["--output json-strings", '{"sorted":["1","2","2.0","3.00","3"]}'],
    ["--memory 128MiB --threads 1 --temp .", "1\n2\n2.0\n3.00\n3\n"],
    ["-S 0.2GB -T .", "1\n2\n2.0\n3.00\n3\n"],
  ];
  for (const [flags, stdout] of outputs)
    t.match(await folder.sorted(flags.split(" "), numbers), { status: 0, stdout, stderr: "" }, flags);
});

test("reads every form that the API reads, with its options", async (t) => {
  const folder = new Folder(t);
  const forms: readonly (readonly [string, string])[] = [
    ["--input json", '{"x1":"[3, 1]","x2":2}'],
    ["--input json-lines", '[3,1]\n{"x":2}\n'],
    ["--input json --field price", '[{"price":3,"id":9},{"price":1},{"price":2}]'],
    [
      "--input json-lines --field /price/net --empty skip",
      '{"price":{"net":3}}\n{}\n{"price":{"net":"1, 2"}}\n',
    ],
    ["--input csv", "3;1\n2\n"],
    ["--input csv --column 2", "9,3\n9,1\n9,2\n"],
    ["--input csv --column price --header present", "id,price\n9,3\n9,1\n9,2\n"],
    ["--input tsv --column 1 --empty skip", "3\t9\n\t9\n1\t9\n2\t9\n"],
    ["--header present", "prices\n3\n1\n2\n"],
    ["--decimal comma", "3,0;1;2"],
  ];
  for (const [flags, input] of forms) {
    const { status, stdout, stderr } = await folder.sorted(flags.split(" "), input);
    t.match({ status, stdout, stderr }, { status: 0, stdout: /^1\n2\n3(\.0)?\n$/, stderr: "" }, flags);
  }
});

test("--stats prints a table that is exact", async (t) => {
  const folder = new Folder(t);
  const { status, stdout, stderr } = await folder.sorted(["--stats"], "0.1 0.2 0.3 1e20 0.10");
  t.match({ status, stdout }, { status: 0, stdout: "0.1\n0.10\n0.2\n0.3\n1e20\n" });
  t.equal(
    stderr,
    [
      "count     5",
      "distinct  4",
      "min       0.1",
      "max       1e20",
      "median    0.2",
      "sum       100000000000000000000.7",
      "",
    ].join("\n"),
  );
});

test("reads what is compressed, and compresses on request", async (t) => {
  const folder = new Folder(t);
  folder.write("a.gz", gzipSync("3\n1\n"));
  folder.write("b.zst", zstdCompressSync(Buffer.from("2\n")));
  const done = { status: 0, stderr: "" };
  t.match(await folder.sorted(["a.gz", "b.zst", "-o", "out", "--compress", "gzip"]), done);
  t.match(await folder.sorted(["out", "-o", "out.zst", "--compress", "zstd"]), done);
  const { readFileSync } = await import("node:fs");
  t.equal(gunzipSync(readFileSync(`${folder.path}/out`)).toString(), "1\n2\n3\n");
  t.equal(zstdDecompressSync(readFileSync(`${folder.path}/out.zst`)).toString(), "1\n2\n3\n");
});

test("writes a file in the place of one of its inputs", async (t) => {
  const folder = new Folder(t);
  folder.write("numbers", "3 1 2");
  t.match(await folder.sorted(["numbers", "-o", "numbers"]), { status: 0, stdout: "", stderr: "" });
  t.equal(folder.read("numbers"), "1\n2\n3\n");
  t.same(folder.names(), ["numbers"]);
});

test("merges what is sorted already", async (t) => {
  const folder = new Folder(t);
  folder.write("a", "1\n3\n");
  folder.write("b", "2\n2\n");
  t.match(await folder.sorted(["-m", "-u", "a", "b"]), { status: 0, stdout: "1\n2\n3\n", stderr: "" });
  folder.write("c", "5\n4\n");
  t.match(await folder.sorted(["--merge", "a", "c"]), {
    status: 3,
    stdout: "",
    stderr: "sorted: c: 4 comes after 5 (line 2, byte 2)\n",
  });
});

test("checks what should be sorted", async (t) => {
  const folder = new Folder(t);
  folder.write("good", "1 2 2.0 10");
  folder.write("bad", "1\n10\n9\n");
  t.match(await folder.sorted(["--check", "good"]), { status: 0, stdout: "", stderr: "" });
  t.match(await folder.sorted(["-c", "bad"]), {
    status: 1,
    stdout: "",
    stderr: "sorted: bad: 9 comes after 10 (line 3, byte 5)\n",
  });
  t.match(await folder.sorted(["-c", "-u", "good"]), { status: 1, stderr: /good: 2\.0 comes after 2 / });
  t.match(await folder.sorted(["-c", "--order", "desc"], "3 2 1"), { status: 0 });
});
