import { IncomingMessage } from "node:http";
import type { Readable } from "node:stream";
import { errorCodes, type FastifyRequest } from "fastify";
import fastifyPlugin from "fastify-plugin";
import { ProblemError } from "../problems.ts";
import { announcesMoreThan } from "../request-body.ts";
import { Body } from "../sorting/body.ts";
import type { KernelPool } from "../sorting/kernel-pool.ts";

interface Options {
  readonly maxBodyBytes: number;
  readonly kernels: KernelPool;
}

/** Takes bodies as the bytes that they are, as they come, whatever their type: what that may be the routes decide. */
export const bodiesPlugin = fastifyPlugin<Options>(async (app, { maxBodyBytes, kernels }) => {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", ({ headers, admission }: FastifyRequest, payload: Readable, done) => {
    if (announcesMoreThan(maxBodyBytes, headers)) return done(new errorCodes.FST_ERR_CTP_BODY_TOO_LARGE());
    const body = new Body(kernels, Number(headers["content-length"] ?? 0));
    const check = (bytes: number) => {
      if (bytes > maxBodyBytes) return new errorCodes.FST_ERR_CTP_BODY_TOO_LARGE();
      return admission?.growTo(bytes) === false ? app.overload.refuse("memory") : undefined;
    };
    receive(payload, body, check, (error) => {
      if (error === undefined) return done(null, body);
      body.release();
      admission?.end();
      // A decoder would go on with what nobody wants; of what comes from the client some is still read.
      if (!(payload instanceof IncomingMessage)) payload.destroy();
      done(error);
    });
  });
});

/**
 * Not by promise, pipe or iteration: where a body is refused the rest of it is still to be read, or thrown away; and
 * most bodies are there at once.
 *
 * @param check returns what speaks against a body of so many bytes
 */
function receive(
  payload: Readable,
  body: Body,
  check: (bytes: number) => Error | undefined,
  done: (error?: Error) => void,
): void {
  const onData = (chunk: Buffer) => {
    const refusal = check(body.bytes + chunk.length);
    if (refusal !== undefined) return stop(refusal);
    try {
      body.append(chunk);
    } catch (cause) {
      stop(new Error("there is no memory for the body", { cause }));
    }
  };
  const onEnd = () => stop();
  const onError = (error: Error) =>
    stop(
      payload instanceof IncomingMessage
        ? error
        : new ProblemError("INVALID_CODING", "the body can't be decoded as Content-Encoding says"),
    );
  const stop = (error?: Error) => {
    payload.off("data", onData).off("end", onEnd).off("error", onError);
    done(error);
  };
  payload.on("data", onData).on("end", onEnd).on("error", onError);
}
