import { type Format, type Limits, type SortedLiterals, sortJson, sortText } from "@sorted/core";
import type { FastifyPluginAsync, FastifyRequest } from "fastify";
import type { Config } from "../config.ts";
import {
  answerType,
  bodyType,
  CONTENT_TYPES,
  CSV_TYPE,
  JSON_TYPE,
  MEDIA_TYPES,
  type MediaType,
  TEXT_TYPE,
} from "../media-types.ts";
import { parseQuery, requireOptionsOnly, type SortQuery } from "../query.ts";
import { announcedBytes } from "../request-body.ts";
import { description } from "../service-description.ts";
import { sortParameters } from "../sort-parameters.ts";

/** Where a request has its numbers: known, like the rest, before its body is read. */
type Source =
  | { readonly from: "body"; readonly bodyType: MediaType }
  | { readonly from: "query" }
  | { readonly from: "nowhere" };

interface Plan {
  readonly source: Source;
  readonly query: SortQuery;
  readonly answerType: MediaType;
}

const FORMATS: { readonly [type in MediaType]: Format } = {
  [JSON_TYPE]: "json",
  [TEXT_TYPE]: "text",
  [CSV_TYPE]: "csv",
};

/** The index route: numbers in, numbers out; without numbers, what the service is. */
export const sortRoutes: FastifyPluginAsync<{ config: Config }> = async (app, { config }) => {
  const limits = { maxDepth: config.MAX_DEPTH, maxNumbers: config.MAX_NUMBERS };

  app.decorateRequest("plan");
  app.route({
    method: ["GET", "POST", "QUERY"],
    url: "/",
    onRequest: async (request) => request.setDecorator<Plan>("plan", planFor(request)),
    handler: async (request, reply) => {
      const plan = request.getDecorator<Plan>("plan");
      if (plan.source.from === "nowhere") return description;
      const sorted = sort(plan, request.body, limits);
      const isStrings = plan.answerType === JSON_TYPE && plan.query.numbersAsStrings;
      const bytes = sorted.toBytes(isStrings ? "json-strings" : FORMATS[plan.answerType]);
      return reply
        .type(CONTENT_TYPES[plan.answerType])
        .send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    },
  });
};

/** @throws {ProblemError} for what can be refused without the body */
function planFor(request: FastifyRequest): Plan {
  const query = parseQuery(request.originalUrl);
  const source = sourceOf(request, query);
  if (source.from === "body") requireOptionsOnly(query);
  return {
    source,
    query,
    answerType: answerType(request, source.from === "nowhere" ? [JSON_TYPE] : MEDIA_TYPES),
  };
}

function sourceOf(request: FastifyRequest, query: SortQuery): Source {
  const mayLackBody = request.method === "GET" || request.method === "HEAD";
  if (!mayLackBody || announcedBytes(request.headers) > 0)
    return { from: "body", bodyType: bodyType(request) };
  return { from: query.data.length > 0 ? "query" : "nowhere" };
}

function sort({ source, query }: Plan, body: unknown, limits: Required<Limits>): SortedLiterals {
  const options = { ...query.options, ...limits };
  if (source.from !== "body") return sortParameters(query.data, options);
  const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
  return source.bodyType === JSON_TYPE ? sortJson(bytes, options) : sortText(bytes, options);
}
