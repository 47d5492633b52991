import { ProblemError } from "@sorted/contract";
import type { FastifyRequest } from "fastify";
import Negotiator from "negotiator";

export const JSON_TYPE = "application/json";
export const TEXT_TYPE = "text/plain";
export const CSV_TYPE = "text/csv";

/** The types of answers, the preferred one first. */
export const MEDIA_TYPES = [JSON_TYPE, TEXT_TYPE, CSV_TYPE] as const;
export type MediaType = (typeof MEDIA_TYPES)[number];

/** What a browser asks for. */
export const HTML_TYPE = "text/html";

/** The Content-Type headers of answers. */
export const CONTENT_TYPES: { readonly [type in MediaType]: string } = {
  [JSON_TYPE]: JSON_TYPE,
  [TEXT_TYPE]: "text/plain; charset=utf-8",
  [CSV_TYPE]: "text/csv; charset=utf-8; header=absent",
};

/** Lists for error messages: "a, b or c". */
const OR = new Intl.ListFormat("en-GB", { type: "disjunction" });

/** The types with every parameter that a client may ask for. JSON has no charset (RFC 8259), but clients ask for it. */
const NEGOTIABLE_TYPES = {
  ...CONTENT_TYPES,
  [JSON_TYPE]: "application/json; charset=utf-8",
  [HTML_TYPE]: "text/html; charset=utf-8",
};
type NegotiableType = keyof typeof NEGOTIABLE_TYPES;

/**
 * The type among `offered` that the client prefers.
 *
 * @throws {ProblemError} NOT_ACCEPTABLE
 */
export function answerType<Type extends NegotiableType>(
  request: FastifyRequest,
  offered: readonly Type[],
): Type {
  const { accept } = request.headers;
  const [preferred] = offered;
  // Most clients send none or this, which needs no negotiation. An empty list says nothing either.
  if (preferred !== undefined && (!accept || accept === "*/*")) return preferred;
  const accepted = new Negotiator(request.raw).mediaType(offered.map((type) => NEGOTIABLE_TYPES[type]));
  const type = offered.find((known) => NEGOTIABLE_TYPES[known] === accepted);
  if (type === undefined) throw new ProblemError("NOT_ACCEPTABLE", `the answer can be ${OR.format(offered)}`);
  return type;
}
