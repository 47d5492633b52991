import fastifyPlugin from "fastify-plugin";
import Negotiator from "negotiator";
import { ANSWER_CODINGS, decode, decoderOf, encoderOf } from "../http/content-codings.ts";
import { isWithoutBody } from "../http/request-body.ts";
import { encodedDocument } from "../http/stored-documents.ts";

/** A shorter answer fits into one packet anyway. */
const LEAST_BYTES = 1024;

interface Options {
  readonly compressesAnswers: boolean;
  /** How many bytes a body may have, before and after it is decoded. */
  readonly maxBodyBytes: number;
}

/** Decodes bodies as they come, and encodes answers for the clients that ask for it. */
export const compressionPlugin = fastifyPlugin<Options>(
  async (app, { compressesAnswers, maxBodyBytes }) => {
    /** Decodes the body as it comes. */
    app.addHook("preParsing", function decodeBody({ raw, headers, routeOptions }, _reply, payload, done) {
      if (headers["content-encoding"] === undefined || isWithoutBody(raw)) return done(null, payload);
      // A body that the route does not take is thrown away as it is.
      if (!routeOptions.config.takesBody) return done(null, payload);
      const makeDecoder = decoderOf(headers);
      if (makeDecoder === undefined || makeDecoder === "identity") return done(null, payload);
      done(null, decode(payload, makeDecoder, maxBodyBytes));
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
      const accepted = new Negotiator(request.raw).encoding([...ANSWER_CODINGS, "identity"]);
      const coding = ANSWER_CODINGS.find((known) => known === accepted);
      if (coding === undefined) return done(null, payload);
      reply.header("content-encoding", coding).removeHeader("content-length");
      const document = encodedDocument(payload, coding);
      if (document !== undefined) return done(null, document);
      const encoder = encoderOf(coding);
      encoder.end(payload);
      done(null, encoder);
    });
  },
  { name: "compression" },
);
