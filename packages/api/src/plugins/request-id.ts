import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import fastifyPlugin from "fastify-plugin";

/** W3C Trace Context, version 00 or one that may come: version, trace, parent, flags. */
const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-|$)/;

/** What a request is called in the log and in its answer: as its trace where it is part of one, so that both can be found. */
export function requestId({ headers }: Pick<IncomingMessage, "headers">): string {
  const { traceparent } = headers;
  const trace = typeof traceparent === "string" ? TRACEPARENT.exec(traceparent)?.[1] : undefined;
  return trace ?? randomUUID();
}

/** Says in each answer what the request is called. */
export const requestIdPlugin = fastifyPlugin(
  async (app) => {
    /** Says what the request is called in the log. */
    app.addHook("onRequest", function setRequestId(request, reply, done) {
      reply.header("x-request-id", request.id);
      done();
    });
  },
  { name: "request-id" },
);
