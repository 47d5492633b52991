import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { ProblemError } from "@sorted/contract";
import fastifyPlugin from "fastify-plugin";
import { announcesMoreThan } from "../http/request-body.ts";

/** Left for what is in an event besides the body: status, headers, the context of the request. */
const ENVELOPE_BYTES = 8 * 1024;

/** What JSON escapes by two characters, of all that an answer has: quotes, backslashes and line ends. */
const ESCAPED = new Set(Buffer.from('"\\\r\n'));

/**
 * Refuses what AWS Lambda would not carry, where it would answer 502 without a reason. It carries a body as text in a JSON
 * string, or in Base64 if it is compressed. Of a body that comes the adapter says the length, which in its event was no
 * less; of an answer it is known only when all of it is there.
 */
export const eventLimitPlugin = fastifyPlugin<{ maxEventBytes: number }>(
  async (app, { maxEventBytes }) => {
    const maxBytes = maxEventBytes - ENVELOPE_BYTES;
    /** Refuses a body that no event of Lambda would carry. */
    app.addHook("preParsing", function refuseLargeEvent({ headers }, _reply, payload, done) {
      if (!announcesMoreThan(maxBytes, headers)) return done(null, payload);
      done(new ProblemError("BODY_TOO_LARGE", `the body has more than ${maxBytes} bytes`));
    });
    /** Answers with an error in place of an answer that Lambda would not carry. */
    app.addHook("onSend", async function refuseLargeAnswer(_request, reply, payload) {
      const answer = payload instanceof Readable ? await buffer(payload) : payload;
      const isCompressed = reply.hasHeader("content-encoding");
      if (answer instanceof Uint8Array && exceeds(maxBytes, answer, isCompressed)) {
        reply.removeHeader("content-encoding");
        throw new ProblemError(
          "ANSWER_TOO_LARGE",
          `the answer has more than the ${maxBytes} bytes that Lambda can send; use limit to ask for fewer numbers`,
        );
      }
      return answer;
    });
  },
  { name: "event-limit", dependencies: ["compression"] },
);

function exceeds(maxBytes: number, answer: Uint8Array, isCompressed: boolean): boolean {
  if (answer.length * 2 <= maxBytes) return false;
  return (isCompressed ? base64Bytes(answer) : escapedBytes(answer)) > maxBytes;
}

/** How many characters bytes take in Base64 (RFC 4648, section 4): four for three, begun or whole. */
function base64Bytes(bytes: Uint8Array): number {
  return Math.ceil(bytes.length / 3) * 4;
}

/** How many bytes a text of UTF-8 takes between the quotes of a JSON string (RFC 8259, section 7). */
function escapedBytes(text: Uint8Array): number {
  let bytes = text.length;
  for (const byte of text) if (ESCAPED.has(byte)) bytes += 1;
  return bytes;
}
