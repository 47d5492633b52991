import { finished } from "node:stream";
import fastifyPlugin from "fastify-plugin";
import { ANSWER_CODINGS, decoderOf, ENCODERS } from "../http/content-codings.ts";
import { isWithoutBody } from "../http/request-body.ts";

/** A shorter answer fits into one packet anyway. */
const LEAST_BYTES = 1024;

/** Decodes bodies as they come, and encodes answers for the clients that ask for it. */
export const compressionPlugin = fastifyPlugin<{ compressesAnswers: boolean }>(
  async (app, { compressesAnswers }) => {
    /** Decodes the body as it comes. */
    app.addHook("preParsing", function decodeBody({ raw, headers }, _reply, payload, done) {
      if (headers["content-encoding"] === undefined || isWithoutBody(raw)) return done(null, payload);
      const createDecoder = decoderOf(headers);
      if (createDecoder === undefined || createDecoder === "identity") return done(null, payload);
      const decoder = createDecoder();
      // If the request is refused before its body is read, nothing else listens to the decoder; an unhandled error
      // would end the process.
      decoder.on("error", () => undefined);
      // Not `pipeline`: the client still needs an answer when a decoder is given up.
      finished(payload, (error) => error && decoder.destroy(error));
      done(null, payload.pipe(decoder));
    });

    if (!compressesAnswers) return;
    /** Encodes the answer if the client asks for it and it is worth it. */
    app.addHook("onSend", function encodeAnswer(request, reply, payload, done) {
      // An answer that is stored compressed, like the page, says so.
      if (request.headers["accept-encoding"] === undefined || reply.hasHeader("content-encoding")) {
        return done(null, payload);
      }
      const isBytes = typeof payload === "string" || Buffer.isBuffer(payload);
      if (!isBytes || payload.length < LEAST_BYTES) return done(null, payload);
      const accepted = request.accepts().encoding([...ANSWER_CODINGS, "identity"]);
      const coding = ANSWER_CODINGS.find((known) => known === accepted);
      if (coding === undefined) return done(null, payload);
      const encoder = ENCODERS[coding]();
      encoder.end(payload);
      reply.header("content-encoding", coding).removeHeader("content-length");
      done(null, encoder);
    });
  },
  { name: "compression", dependencies: ["@fastify/accepts"] },
);
