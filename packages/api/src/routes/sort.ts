import type { ServerResponse } from "node:http";
import { finished } from "node:stream";
import { NO_QUERY, parseQuery, requireOptionsOnly, type SortQuery } from "@sorted/contract";
import type { Format } from "@sorted/core";
import type { Kernel } from "@sorted/core/kernel";
import type { FastifyRequest } from "fastify";
import fastifyPlugin from "fastify-plugin";
import type { Config } from "../config/config.ts";
import {
  answerType,
  bodyType,
  CONTENT_TYPES,
  CSV_TYPE,
  HTML_TYPE,
  JSON_TYPE,
  MEDIA_TYPES,
  type MediaType,
  TEXT_TYPE,
} from "../http/media-types.ts";
import { lacksBody, mayBeLarge } from "../http/request-body.ts";
import { description } from "../openapi/service-description.ts";
import { Body } from "../sorting/body.ts";
import { sortParameters } from "../sorting/sort-parameters.ts";
import type { Sort } from "../sorting/sort-task.ts";
import { type Answer, type Sorter, SortTimeout } from "../sorting/sorter.ts";

declare module "fastify" {
  interface FastifyInstance {
    /** Makes ready for large bodies, so that the first one does not take longer than those after it. */
    warmUp(): Promise<void>;
  }
  interface FastifyRequest {
    /** What is to be done, as far as the head of the request says it. */
    sortPlan: Plan | undefined;
  }
}

/** Where a request has its numbers. */
type Source = { readonly from: "body"; readonly bodyType: MediaType } | { readonly from: "query" };

/** What is to be answered, known before the body is read: numbers; or, where there are none, what the service is. */
type Plan =
  | { readonly source: Source; readonly query: SortQuery; readonly answerType: MediaType }
  | { readonly source: undefined; readonly answerType: typeof JSON_TYPE | typeof HTML_TYPE };

const FORMATS: { readonly [type in MediaType]: Format } = {
  [JSON_TYPE]: "json",
  [TEXT_TYPE]: "text",
  [CSV_TYPE]: "csv",
};

interface Options {
  readonly config: Config;
  readonly sorter: Sorter;
}

/** Fastify would take bytes in memory that threads share for an object, and write it in JSON. */
const asItIs = <Payload>(payload: Payload): Payload => payload;

/** The index route: numbers in, numbers out; without numbers, what the service is. */
export const sortRoutes = fastifyPlugin<Options>(async (app, { config, sorter }) => {
  const limits = { maxDepth: config.MAX_DEPTH, maxNumbers: config.MAX_NUMBERS };
  const usualOptions = { ...NO_QUERY.options, ...limits };

  app.decorate("warmUp", () => sorter.warmUp());
  app.addHook("onClose", () => sorter.close());

  app.decorateRequest("sortPlan", undefined);
  app.route({
    method: ["GET", "POST", "QUERY"],
    url: "/",
    onRequest: (request, _reply, done) => {
      const plan = planFor(request);
      if (plan.source !== undefined) app.requireKey(request);
      request.sortPlan = plan;
      done();
    },
    config: { takesBody: true },
    preParsing: ({ raw }, _reply, payload, done) => {
      const isBusy = mayBeLarge(raw) && sorter.waitMilliseconds > config.MAX_WAIT_MILLISECONDS;
      done(isBusy ? app.overload.refuse("threads") : null, payload);
    },
    // It answers small bodies without a promise, which would take time.
    handler: (request, reply) => {
      const { sortPlan: plan } = request;
      if (plan === undefined) throw new TypeError("the hook onRequest makes the plan");
      if (plan.source === undefined)
        return plan.answerType === HTML_TYPE ? app.sendPage(request, reply) : description;
      const { source, query } = plan;
      const options = query === NO_QUERY ? usualOptions : { ...query.options, ...limits };
      const isStrings = plan.answerType === JSON_TYPE && query.numbersAsStrings;
      const format = isStrings ? "json-strings" : FORMATS[plan.answerType];
      reply.type(CONTENT_TYPES[plan.answerType]).serializer(asItIs);
      if (source.from === "query") {
        const sorted = sortParameters(query.data, options);
        app.work.numbers += sorted.count;
        return Buffer.from(sorted.toBytes(format).buffer);
      }

      const sort: Sort = { grammar: source.bodyType === JSON_TYPE ? "json" : "text", options, format };
      const body = request.body instanceof Body ? request.body : undefined;
      if (body?.kernel !== undefined) return sortLeased(body, body.kernel, sort, reply.raw);
      try {
        const { answer, count } = sorter.sortNow(body?.chunks ?? [], sort);
        countWork(body?.bytes ?? 0, count);
        return answer;
      } finally {
        // A connection that is kept holds its last request, and that its body.
        body?.release();
      }
    },
  });

  function countWork(bytes: number, numbers: number): void {
    app.work.bytes += bytes;
    app.work.numbers += numbers;
  }

  /**
   * Sorts a large body, and releases it: not before its thread has done with it and the answer, which may lie where the
   * body was, has left.
   */
  async function sortLeased(
    body: Body,
    kernel: Kernel,
    sort: Sort,
    response: ServerResponse,
  ): Promise<Answer> {
    try {
      const sorted = await sorter.sortInThread(kernel, sort);
      response.setTimeout(config.ANSWER_TIMEOUT_SECONDS * 1000, () => response.destroy());
      finished(response, () => {
        body.release();
        sorter.numbersMemory.give(sorted.numbersBytes);
      });
      countWork(body.bytes, sorted.count);
      return sorted.answer;
    } catch (error) {
      if (error instanceof SortTimeout) {
        body.abandon();
        throw app.overload.refuse("timeout");
      }
      body.release();
      throw error;
    }
  }
});

/** @throws {ProblemError} for what can be refused without the body */
function planFor(request: FastifyRequest): Plan {
  const query = parseQuery(request.originalUrl);
  const source = sourceOf(request, query);
  if (source === undefined) return { source, answerType: answerType(request, [JSON_TYPE, HTML_TYPE]) };
  if (source.from === "body") requireOptionsOnly(query);
  return { source, query, answerType: answerType(request, MEDIA_TYPES) };
}

function sourceOf(request: FastifyRequest, query: SortQuery): Source | undefined {
  if (!lacksBody(request.raw)) return { from: "body", bodyType: bodyType(request) };
  return query.data.length > 0 ? { from: "query" } : undefined;
}
