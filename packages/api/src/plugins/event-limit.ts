import fastifyPlugin from "fastify-plugin";
import { ProblemError } from "../problems.ts";

/** Left for what is in an event besides the body: status, headers, the context of the request. */
const ENVELOPE_BYTES = 8 * 1024;

/** What JSON escapes by two characters, of all that an answer has: quotes, backslashes and line ends. */
const ESCAPED = new Set(Buffer.from('"\\\r\n'));

/**
 * The largest body that an event can hold. In an event a body takes as many bytes or more, so that a larger one has not
 * come through.
 */
export function mostBodyBytes(maxEventBytes: number): number {
  return maxEventBytes - ENVELOPE_BYTES;
}

/**
 * Refuses answers that AWS Lambda would not carry, where it would answer 502 without a reason. It carries an answer as text
 * in a JSON string; how much that is is known only when the numbers are sorted and written.
 */
export const eventLimitPlugin = fastifyPlugin<{ maxEventBytes: number }>(async (app, { maxEventBytes }) => {
  const maxBytes = mostBodyBytes(maxEventBytes);
  app.addHook("onSend", async (_request, _reply, payload) => {
    if (payload instanceof Uint8Array && exceeds(maxBytes, payload)) {
      throw new ProblemError(
        "ANSWER_TOO_LARGE",
        `the answer, as Lambda carries it, has more than ${maxBytes} bytes; ask for fewer numbers by the parameter limit`,
      );
    }
    return payload;
  });
});

function exceeds(maxBytes: number, payload: Uint8Array): boolean {
  if (payload.length * 2 <= maxBytes) return false;
  return payload.length > maxBytes || escapedBytes(payload) > maxBytes;
}

/** How many bytes a text of UTF-8 takes between the quotes of a JSON string (RFC 8259, section 7). */
function escapedBytes(text: Uint8Array): number {
  let bytes = text.length;
  for (const byte of text) if (ESCAPED.has(byte)) bytes += 1;
  return bytes;
}
