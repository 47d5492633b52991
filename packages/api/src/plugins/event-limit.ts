import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { ProblemError } from "@sorted/contract";
import fastifyPlugin from "fastify-plugin";
import { announcesMoreThan } from "../http/request-body.ts";

/** Left for the rest of an event: status, headers, the context of the request. */
const ENVELOPE_BYTES = 8 * 1024;

/** The characters of an answer that JSON escapes with two characters: quotes, backslashes and line ends. */
const ESCAPED = new Set(Buffer.from('"\\\r\n'));

/**
 * Refuses what AWS Lambda can't carry, and would answer with a 502 without a reason. Lambda carries a body as text in a
 * JSON string, or in Base64 if it is compressed. The adapter tells the length of a request's body, which in the event
 * was at least as long. The length of an answer is known only when the answer is complete.
 */
export const eventLimitPlugin = fastifyPlugin<{ maxEventBytes: number }>(
  async (app, { maxEventBytes }) => {
    const maxBytes = maxEventBytes - ENVELOPE_BYTES;
    /** Refuses a body that a Lambda event can't carry. */
    app.addHook("preParsing", function refuseLargeEvent({ headers }, _reply, payload, done) {
      if (!announcesMoreThan(maxBytes, headers)) return done(null, payload);
      done(new ProblemError("BODY_TOO_LARGE", `the body has more than ${maxBytes} bytes`));
    });
    /** Replaces an answer that Lambda can't carry with an error. */
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

/** How many characters these bytes take in Base64 (RFC 4648, section 4): four for three bytes or fewer. */
function base64Bytes(bytes: Uint8Array): number {
  return Math.ceil(bytes.length / 3) * 4;
}

/** How many bytes a UTF-8 text takes between the quotes of a JSON string (RFC 8259, section 7). */
function escapedBytes(text: Uint8Array): number {
  let bytes = text.length;
  for (const byte of text) if (ESCAPED.has(byte)) bytes += 1;
  return bytes;
}
