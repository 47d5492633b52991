import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { Readable } from "node:stream";
import fastifyPlugin from "fastify-plugin";
import { isLeftUnread } from "../http/request-body.ts";
import { noteBufferGarbage } from "../sorting/collect-garbage.ts";

const LINGER_SECONDS = 2;

/**
 * Lets a client that is still sending see the answer. If the service closed the connection with unread bytes, TCP would
 * reset it and the answer could be lost (RFC 9112, section 9.6). So the service sends the answer, then throws away the
 * rest of the body for a while, up to twice what a good body may have.
 */
export const lingeringClosePlugin = fastifyPlugin<{ maxBodyBytes: number }>(
  async (app, { maxBodyBytes }) => {
    /** Keeps the connection open for a while if the client is still sending. */
    app.addHook("onSend", function lingerForSender({ raw }, reply, payload, done) {
      if (!isLeftUnread(raw)) return done(null, payload);
      reply.header("connection", "close");
      const answer = typeof payload === "string" ? Buffer.from(payload) : payload;
      if (!Buffer.isBuffer(answer)) return done(null, payload);
      reply.header("content-length", answer.length);
      done(null, Readable.from(lingering(answer, raw, 2 * maxBodyBytes), { objectMode: false }));
    });
  },
  { name: "lingering-close" },
);

async function* lingering(
  answer: Buffer,
  request: IncomingMessage,
  maxBytes: number,
): AsyncGenerator<Buffer> {
  yield answer;
  const enough = new AbortController();
  const timer = setTimeout(() => enough.abort(), LINGER_SECONDS * 1000);
  let bytes = 0;
  request.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    noteBufferGarbage(chunk.length);
    if (bytes > maxBytes) enough.abort();
  });
  // A decoder that was given up takes no more data.
  request.unpipe().resume();
  await once(request, "close", { signal: enough.signal }).catch(() => undefined);
  clearTimeout(timer);
}
