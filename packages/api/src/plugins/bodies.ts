import type { IncomingMessage } from "node:http";
import { errorCodes } from "fastify";
import fastifyPlugin from "fastify-plugin";
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
  app.addContentTypeParser(
    "*",
    async ({ headers }: { headers: IncomingMessage["headers"] }, payload: IncomingMessage) => {
      if (announcesMoreThan(maxBodyBytes, headers)) throw new errorCodes.FST_ERR_CTP_BODY_TOO_LARGE();
      const body = new Body(kernels, Number(headers["content-length"] ?? 0));
      try {
        await receive(payload, body, maxBodyBytes);
      } catch (error) {
        body.release();
        throw error;
      }
      return body;
    },
  );
});

function receive(payload: IncomingMessage, body: Body, maxBytes: number): Promise<void> {
  return new Promise((resolve, reject) => {
    // Not by pipe or iteration: where a body is refused the rest of it is still to be read, or thrown away.
    const onData = (chunk: Buffer) => {
      if (body.bytes + chunk.length > maxBytes) {
        stop();
        reject(new errorCodes.FST_ERR_CTP_BODY_TOO_LARGE());
      } else {
        body.append(chunk);
      }
    };
    const onEnd = () => {
      stop();
      resolve();
    };
    const onError = (error: Error) => {
      stop();
      reject(error);
    };
    const stop = () => payload.off("data", onData).off("end", onEnd).off("error", onError);
    payload.on("data", onData).on("end", onEnd).on("error", onError);
  });
}
