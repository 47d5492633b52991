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
  app.addContentTypeParser("*", async ({ headers, admission }: FastifyRequest, payload: Readable) => {
    if (announcesMoreThan(maxBodyBytes, headers)) throw new errorCodes.FST_ERR_CTP_BODY_TOO_LARGE();
    const body = new Body(kernels, Number(headers["content-length"] ?? 0));
    const check = (bytes: number) => {
      if (bytes > maxBodyBytes) throw new errorCodes.FST_ERR_CTP_BODY_TOO_LARGE();
      if (admission?.growTo(bytes) === false) throw app.overload.refuse("memory");
    };
    try {
      await receive(payload, body, check);
    } catch (error) {
      body.release();
      admission?.end();
      // A decoder would go on with what nobody wants; of what comes from the client some is still read.
      if (!(payload instanceof IncomingMessage)) payload.destroy();
      throw error;
    }
    return body;
  });
});

/** @param check throws where a body is not to grow to so many bytes */
function receive(payload: Readable, body: Body, check: (bytes: number) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    // Not by pipe or iteration: where a body is refused the rest of it is still to be read, or thrown away.
    const onData = (chunk: Buffer) => {
      try {
        check(body.bytes + chunk.length);
        body.append(chunk);
      } catch (error) {
        stop();
        reject(error);
      }
    };
    const onEnd = () => {
      stop();
      resolve();
    };
    const onError = (error: Error) => {
      stop();
      reject(
        payload instanceof IncomingMessage
          ? error
          : new ProblemError("INVALID_CODING", "the body can't be decoded as Content-Encoding says"),
      );
    };
    const stop = () => payload.off("data", onData).off("end", onEnd).off("error", onError);
    payload.on("data", onData).on("end", onEnd).on("error", onError);
  });
}
