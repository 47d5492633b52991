import { test } from "tap";
import { sortJson, sortText } from "../src/index.ts";

const answer = (document: string) => new TextDecoder().decode(sortJson(document).toBytes());

test("where memory does not suffice for the kernel, the reference answers", async (t) => {
  const { Memory } = Object(Reflect.get(globalThis, "WebAssembly"));
  t.intercept(Memory.prototype, "grow", {
    value: () => {
      throw new RangeError("no memory");
    },
  });
  t.equal(answer(`[${"2,".repeat(2 ** 20)}1]`).slice(0, 16), '{"sorted":[1,2,2');
});

test("where WebAssembly is missing, the reference answers", async (t) => {
  Reflect.deleteProperty(globalThis, "WebAssembly");
  // A kernel that has grown large is given back; the next one can't be made.
  answer(`[${"2,".repeat(5 * 2 ** 20)}1]`);
  t.equal(answer('{"x1":"[3, 10, -2.5]","x2":"7","x3":1}'), '{"sorted":[-2.5,1,3,7,10]}');
  t.strictSame([...sortText("10; 9.5\n-1").literals()], ["-1", "9.5", "10"]);
  t.throws(() => sortJson("[true]"), { code: "NOT_A_NUMBER", offset: 1 });
});
