import { NO_QUERY, ProblemError, parseQuery, requireOptionsOnly, type SortQuery } from "@sorted/contract";
import type { Format, ReadOptions } from "@sorted/core";
import type { FastifyBaseLogger, FastifyReply, FastifyRequest } from "fastify";
import fastifyPlugin from "fastify-plugin";
import type { Config } from "../config/config.ts";
import { type BodyType, bodyType } from "../http/body-type.ts";
import {
  answerType,
  CONTENT_TYPES,
  CSV_TYPE,
  HTML_TYPE,
  JSON_TYPE,
  MEDIA_TYPES,
  type MediaType,
  TEXT_TYPE,
} from "../http/media-types.ts";
import { lacksBody, mayBeLarge } from "../http/request-body.ts";
import { description, keyDescription } from "../openapi/service-description.ts";
import { Body } from "../sorting/body.ts";
import { sortParameters } from "../sorting/sort-parameters.ts";
import { type Answer, type SortService, SortTimeout } from "../sorting/sort-service.ts";
import type { Sort } from "../sorting/sort-task.ts";
import { ThreadStartError } from "../sorting/sort-threads.ts";

declare module "fastify" {
  interface FastifyInstance {
    /** Prepares for large bodies, so that the first one takes no longer than those after it. */
    warmUp(): Promise<void>;
  }
  interface FastifyRequest {
    /** The work that a request asks for, if its head says it. */
    sortPlan: Plan | undefined;
  }
}

/** Where the numbers of a request are. */
type Source = "body" | "query";

/**
 * What the service will answer, known before it reads the body: numbers, or without any a description of the service.
 */
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
  readonly sortService: SortService;
}

/**
 * How many numbers were read, before `unique` and `limit` took some away, so that a client sees if all its own are
 * there.
 */
const NUMBERS_READ = "numbers-read";

/** The type of a form whose part has not come, because the form is empty. */
const NO_PART: BodyType = { grammar: "text", source: "the form is empty" };

/** Fastify would take bytes in shared memory for an object, and write it as JSON. */
const asItIs = <Payload>(payload: Payload): Payload => payload;

/** The index route: numbers in, numbers out; without numbers, a description of the service. */
export const sortRoutes = fastifyPlugin<Options>(
  async (app, { config, sortService }) => {
    const limits = { maxDepth: config.MAX_DEPTH, maxNumbers: config.MAX_NUMBERS };
    const ownDescription = config.API_KEYS.length > 0 ? { ...description, ...keyDescription } : description;
    // Frozen, so that they are checked once.
    const usualOptions = Object.freeze({ ...NO_QUERY.options, ...limits });

    app.decorate("warmUp", async () => {
      try {
        await sortService.warmUp();
      } catch (error) {
        if (!(error instanceof ThreadStartError)) throw error;
        logThreadStart(error, app.log);
      }
    });
    app.addHook("onClose", async function stopThreads() {
      await sortService.close();
    });

    app.decorateRequest("sortPlan", undefined);
    app.route({
      method: ["GET", "POST", "QUERY"],
      url: "/",
      /** Plans the sort by the query and the headers. Refuses what it can without the body, and unknown keys. */
      onRequest: function planSort(request, _reply, done) {
        // A GET may say that it comes in chunks and then have none, so its bytes decide.
        const plan = isUndecided(request) ? undefined : planFor(request, !lacksBody(request.raw));
        if (plan === undefined) request.bodyProblem = app.keyProblem(request);
        else if (plan.source !== undefined) app.requireKey(request);
        request.sortPlan = plan;
        if (plan === undefined || plan.source === "body") request.bodyType = bodyType(request);
        done();
      },
      config: { takesBody: true },
      /** Refuses a large body while the threads have enough to do. */
      preParsing: function refuseWhenThreadsAreBusy({ raw }, _reply, payload, done) {
        const isBusy = mayBeLarge(raw) && sortService.waitMilliseconds > config.MAX_WAIT_MILLISECONDS;
        done(isBusy ? app.overload.refuse("threads") : null, payload);
      },
      /** Sorts, and answers. It sorts small bodies without a promise, which would take time. */
      handler: function sortNumbers(request, reply) {
        const body = request.body instanceof Body ? request.body : undefined;
        const plan = request.sortPlan ?? planFor(request, (body?.bytes ?? 0) > 0);
        if (plan.source === undefined)
          return plan.answerType === HTML_TYPE ? app.sendPage(request, reply) : ownDescription;
        const { source, query } = plan;
        if (source === "query" && request.sortPlan === undefined) app.requireKey(request);
        const options = query === NO_QUERY ? usualOptions : { ...query.options, ...limits };
        const isStrings = plan.answerType === JSON_TYPE && query.numbersAsStrings;
        const format = isStrings ? "json-strings" : FORMATS[plan.answerType];
        reply.type(CONTENT_TYPES[plan.answerType]).serializer(asItIs);
        if (source === "query") {
          const sorted = sortParameters(query.data, options);
          app.work.numbers += sorted.count;
          reply.header(NUMBERS_READ, sorted.numbersRead);
          return Buffer.from(sorted.toBytes(format).buffer);
        }

        const { grammar, header, asciiOnly } = request.bodyType ?? NO_PART;
        const sort: Sort = { grammar, options: withHeader(options, header), format, asciiOnly };
        if (body?.memory.instance !== undefined) return sortLarge(body, sort, reply);
        const { answer, count, numbersRead } = sortService.sortNow(body?.memory.chunks ?? [], sort);
        countWork(body?.bytes ?? 0, count);
        reply.header(NUMBERS_READ, numbersRead);
        return answer;
      },
    });

    function countWork(bytes: number, numbers: number): void {
      app.work.bytes += bytes;
      app.work.numbers += numbers;
    }

    /** Sorts a large body in a thread. The memory, which holds the answer, is released when the answer has left. */
    async function sortLarge(body: Body, sort: Sort, reply: FastifyReply): Promise<Answer> {
      try {
        const { answer, count, numbersRead } = await sortService.sortInThread(body.memory, sort);
        reply.header(NUMBERS_READ, numbersRead);
        countWork(body.bytes, count);
        return answer;
      } catch (error) {
        body.memory.release();
        if (error instanceof SortTimeout) throw app.overload.refuse("timeout");
        if (!(error instanceof ThreadStartError)) throw error;
        logThreadStart(error, reply.log);
        throw app.overload.refuse("thread-start");
      }
    }
  },
  {
    name: "sort-routes",
    dependencies: ["load", "bodies", "metrics", "api-keys", "page-routes"],
  },
);

function logThreadStart(error: ThreadStartError, log: FastifyBaseLogger): void {
  log.error({ err: error }, "no thread could start; the next large body tries again");
}

/** @throws {ProblemError} if the request can be refused without its body */
function planFor(request: FastifyRequest, hasBody: boolean): Plan {
  const query = parseQuery(request.originalUrl);
  if (hasBody) {
    requireOptionsOnly(query);
    return { source: "body", query, answerType: answerType(request, MEDIA_TYPES) };
  }
  if (query.data.length > 0) return { source: "query", query, answerType: answerType(request, MEDIA_TYPES) };
  return { source: undefined, answerType: answerType(request, [JSON_TYPE, HTML_TYPE]) };
}

/** Whether only the bytes can tell if there is a body: some proxies send every request in chunks. */
function isUndecided({ method, headers }: FastifyRequest): boolean {
  return (method === "GET" || method === "HEAD") && headers["transfer-encoding"] !== undefined;
}

/**
 * The options, with what the body's type says about its line 1.
 *
 * @throws {ProblemError} BAD_OPTION if the option `header` says otherwise
 */
function withHeader<Options extends ReadOptions>(options: Options, header: BodyType["header"]): Options {
  if (header === undefined) return options;
  if (options.header === undefined) return { ...options, header };
  if (options.header === header) return options;
  const detail = `the option header is ${options.header}, and Content-Type has header=${header}`;
  throw new ProblemError("BAD_OPTION", detail, { parameter: "header" });
}
