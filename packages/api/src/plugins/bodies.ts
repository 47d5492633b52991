import { IncomingMessage } from "node:http";
import type { Readable } from "node:stream";
import { ProblemError } from "@sorted/contract";
import { errorCodes, type FastifyReply, type preParsingHookHandler } from "fastify";
import fastifyPlugin from "fastify-plugin";
import type { BodyType } from "../http/body-type.ts";
import { codingProblem } from "../http/content-codings.ts";
import { isMultipart, readPart } from "../http/multipart.ts";
import { announcesMoreThan, isWithoutBody, WORTH_READING_BYTES } from "../http/request-body.ts";
import { Body } from "../sorting/body.ts";
import { noteBufferGarbage } from "../sorting/collect-garbage.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** Whether the route takes a body, as `request.body`. If not, a short one is thrown away, and a longer one not read. */
    takesBody?: boolean;
  }
  interface FastifyRequest {
    /** How to read the body; undefined if there is none, and in a form until its part has come. */
    bodyType: BodyType | undefined;
    /** Why the request may not have a body. Of a GET that comes in chunks only the first byte shows that it has one. */
    bodyProblem: ProblemError | undefined;
  }
}

interface Options {
  readonly maxBodyBytes: number;
}

/** Receives a body, piece by piece. */
interface Receiver {
  /** How many bytes have come. */
  readonly bytes: number;
  append(chunk: Buffer): void;
}

/** A body that nobody wants. The service reads it if it is short, so that the connection stays open. */
class UnwantedBody implements Receiver {
  bytes = 0;

  append(chunk: Buffer): void {
    this.bytes += chunk.length;
    noteBufferGarbage(chunk.length);
  }
}

/** Why a body that nobody wants is not read to its end. The request is answered all the same. */
const ENOUGH = new Error("the body is too long to be thrown away");

/** A refused client may go on sending, so its connection is closed. */
function refuse(reply: FastifyReply, error: Error, done: (error: Error) => void): void {
  reply.header("connection", "close");
  done(error);
}

/**
 * Takes bodies as bytes, as they come, whatever their type; the routes decide which types they accept. This is not a
 * parser of Fastify's: for each request, that reads the type once more and makes an asynchronous resource.
 */
export const bodiesPlugin = fastifyPlugin<Options>(
  async (app, { maxBodyBytes }) => {
    for (const method of app.supportedMethods) {
      app.addHttpMethod(method, { hasBody: false, overrideExisting: true });
    }

    app.decorateRequest("bodyType", undefined);
    app.decorateRequest("bodyProblem", undefined);

    /** Receives the body, or the file in a form, as `request.body`. */
    const receiveBody: preParsingHookHandler = (request, reply, payload, done) => {
      const { memory, headers } = request;
      if (memory === undefined) return done(null, payload);
      if (announcesMoreThan(maxBodyBytes, headers)) {
        refuse(reply, new errorCodes.FST_ERR_CTP_BODY_TOO_LARGE(), done);
        return;
      }
      const body = new Body(memory, Number(headers["content-length"] ?? 0));
      request.body = body;
      const content = isMultipart(headers) ? readPart(payload, headers, maxBodyBytes, noteType) : payload;
      const check = (bytes: number) => {
        if (request.bodyProblem !== undefined) return request.bodyProblem;
        if (bytes > maxBodyBytes) return new errorCodes.FST_ERR_CTP_BODY_TOO_LARGE();
        return memory.acquireBody(bytes) ? undefined : app.overload.refuse("memory");
      };
      receive(content, body, check, (error) => {
        if (error === undefined) {
          request.receivedAt = performance.now();
          return done(null, content);
        }
        memory.release();
        // Stops the decoder, which would go on with data that nobody wants. Some of what the client sends is still
        // read.
        if (!(content instanceof IncomingMessage)) content.destroy();
        refuse(reply, error, done);
      });

      function noteType(type: BodyType): void {
        request.bodyType = type;
      }
    };

    /** Reads a short body that the route does not take, and throws it away. Longer ones are left to `lingerForSender`. */
    const discardBody: preParsingHookHandler = (request, reply, payload, done) => {
      const { raw, headers } = request;
      if (isWithoutBody(raw) || announcesMoreThan(WORTH_READING_BYTES, headers)) return done(null, payload);
      const check = (bytes: number) => (bytes > WORTH_READING_BYTES ? ENOUGH : undefined);
      receive(payload, new UnwantedBody(), check, (error) => {
        if (error !== undefined && error !== ENOUGH) return refuse(reply, error, done);
        request.receivedAt = performance.now();
        done(null, payload);
      });
    };

    // The last hook of each route: if an earlier hook refuses the request, its body is not read.
    app.addHook("onRoute", function addReceiver(route) {
      const before = [route.preParsing ?? []].flat();
      // Fastify makes the HEAD route from the GET route, so it may have the hook already.
      if (before.includes(receiveBody) || before.includes(discardBody)) return;
      route.preParsing = [...before, route.config?.takesBody === true ? receiveBody : discardBody];
    });
  },
  { name: "bodies", dependencies: ["load", "request-clock"] },
);

/**
 * Uses no promise, pipe or iteration: the rest of a refused body must still be read or thrown away, and most bodies are
 * complete at once.
 *
 * @param check returns the reason against a body of this many bytes, if there is one
 */
function receive(
  payload: Readable,
  body: Receiver,
  check: (bytes: number) => Error | undefined,
  done: (error?: Error) => void,
): void {
  let isOver = false;
  const onData = (chunk: Buffer) => {
    const refusal = check(body.bytes + chunk.length);
    if (refusal !== undefined) return stop(refusal);
    try {
      body.append(chunk);
    } catch (cause) {
      stop(new Error("there is no memory for the body", { cause }));
    }
  };
  const stop = (error?: Error) => {
    // The first event counts. A listener stays, so that a late error is not uncaught.
    if (isOver) return;
    isOver = true;
    if (error !== undefined) payload.off("data", onData);
    done(error);
  };
  payload
    .on("data", onData)
    .on("end", () => stop())
    .on("error", (error) =>
      stop(
        payload instanceof IncomingMessage || error instanceof ProblemError || "statusCode" in error
          ? error
          : codingProblem(error),
      ),
    );
}
