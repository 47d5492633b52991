/** Takes tens of seconds: a file of 4 GiB is read twice. */
import { test } from "tap";
import { checkSorted, type Source } from "../src/index.ts";

const LINE = "1234567890123456789012345678901\n";
const LINE_BYTES = LINE.length;
/** Beyond what 32 bits count: 4 GiB and some. */
const SIZE = 2 ** 32 + 2 ** 26;

/** Lines that are all the same, made as they are read, but for some bytes. */
function generated(faultOffset: number, fault: string): Source {
  const pattern = Buffer.from(LINE.repeat(2 ** 15));
  return {
    name: "generated",
    size: SIZE,
    async read(buffer, position) {
      const length = Math.min(buffer.length, SIZE - position);
      for (let done = 0; done < length; ) {
        const from = (position + done) % pattern.length;
        const part = pattern.subarray(from, Math.min(pattern.length, from + length - done));
        buffer.set(part, done);
        done += part.length;
      }
      const at = faultOffset - position;
      if (at >= 0 && at < length) buffer.set(Buffer.from(fault).subarray(0, length - at), at);
      return length;
    },
    async verify() {},
    async close() {},
  };
}

test("a fault and a disorder beyond 4 GiB have their line and byte", { timeout: 300_000 }, async (t) => {
  const line = 2 ** 27 + 12_345;
  const offset = (line - 1) * LINE_BYTES;
  t.ok(offset > 2 ** 32);
  await t.rejects(checkSorted({ inputs: [generated(offset + 5, "x")] }), {
    code: "NOT_A_NUMBER",
    offset: offset + 5,
    line,
  });
  t.match(await checkSorted({ inputs: [generated(offset, "0")] }), {
    sorted: false,
    disorder: { offset, line, previous: LINE.trim() },
  });
});
