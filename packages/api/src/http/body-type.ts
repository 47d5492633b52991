import { grammarOf, INPUT_TYPES, ProblemError } from "@sorted/contract";
import type { Grammar } from "@sorted/core";
import { safeParse } from "fast-content-type-parse";
import type { FastifyRequest } from "fastify";
import { CONTENT_CODINGS, decoderOf } from "./content-codings.ts";

/** How to read a body, as far as the head of its request, or of its part in a form, says it. */
export interface BodyType {
  readonly grammar: Grammar;
  /** The header or field that says so, for messages. */
  readonly source: string;
  /** The parameter `header` of `text/csv` (RFC 4180), if there is one. */
  readonly header?: "present" | "absent";
  /** A charset other than UTF-8 and UTF-16: the service reads only ASCII in it. */
  readonly asciiOnly?: string;
}

const JSON_TYPE = "application/json";
const FORM_TYPE = "multipart/form-data";
const DEFAULT: BodyType = { grammar: "json", source: "there is no Content-Type header" };
const USUAL: BodyType = { grammar: "json", source: typeSource(JSON_TYPE) };

/** A byte order mark shows UTF-16. The service reads a body without one as UTF-8. */
const UNICODE = /^(utf-?8|utf-?16(le|be)?|us-ascii)$/i;

/** Lists for error messages: "a, b or c". */
const LIST = new Intl.ListFormat("en-GB", { type: "disjunction" }).format(INPUT_TYPES);

/**
 * How to read a request's body: as JSON unless the request says otherwise. Undefined for a form with a file: its part
 * says how.
 *
 * @throws {ProblemError} UNSUPPORTED_MEDIA_TYPE, MISSING_CONTENT_TYPE
 */
export function bodyType({ method, headers }: FastifyRequest): BodyType | undefined {
  if (decoderOf(headers) === undefined) {
    throw unsupported(`send the body without a Content-Encoding, or in one of ${CONTENT_CODINGS.join(", ")}`);
  }
  const header = headers["content-type"];
  if (header === undefined) {
    if (method !== "QUERY") return DEFAULT;
    throw new ProblemError("MISSING_CONTENT_TYPE", `a QUERY request needs a Content-Type header: ${LIST}`);
  }
  // Most clients send exactly this. It needs no parsing.
  if (header === JSON_TYPE) return USUAL;
  if (/^multipart\/form-data\b/i.test(header)) return undefined;
  const found = readType(header, typeSource(header));
  if (found === undefined)
    throw unsupported(`send one of these as Content-Type: ${LIST}; or a form with one file: ${FORM_TYPE}`);
  return found;
}

/** How to read a body of this media type; undefined if the service doesn't read the type. */
export function readType(mediaType: string, source: string): BodyType | undefined {
  const { type, parameters } = safeParse(mediaType);
  const grammar = grammarOf(type);
  if (grammar === undefined) return undefined;
  const { charset = "utf-8" } = parameters;
  const header = parameters["header"]?.toLowerCase();
  if (header !== undefined && header !== "present" && header !== "absent")
    throw unsupported(`the parameter header of a type must be present or absent, found ${header}`);
  return {
    grammar,
    source,
    ...(header !== undefined && { header }),
    ...(!UNICODE.test(charset) && { asciiOnly: charset }),
  };
}

function typeSource(header: string): string {
  return `of Content-Type: ${header}`;
}

function unsupported(detail: string): ProblemError {
  return new ProblemError("UNSUPPORTED_MEDIA_TYPE", detail);
}
