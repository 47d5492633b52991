import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import fastifyPlugin from "fastify-plugin";

/** W3C Trace Context, version 00 or a later one: version, trace, parent, flags. */
const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-|$)/;

/** The id of a request in the log and in its answer: that of its trace if it has one, so that both can be found. */
export function requestId({ headers }: Pick<IncomingMessage, "headers">): string {
  const { traceparent } = headers;
  const trace = typeof traceparent === "string" ? TRACEPARENT.exec(traceparent)?.[1] : undefined;
  return trace ?? randomUUID();
}

/** Sends the request's id in each answer. */
export const requestIdPlugin = fastifyPlugin(
  async (app) => {
    /** Sends the request's id with the answer. */
    app.addHook("onRequest", function setRequestId(request, reply, done) {
      reply.header("x-request-id", request.id);
      done();
    });
  },
  { name: "request-id" },
);
