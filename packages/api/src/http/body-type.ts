import { grammarOf, INPUT_TYPES, ProblemError } from "@sorted/contract";
import type { Grammar } from "@sorted/core";
import { safeParse } from "fast-content-type-parse";
import type { FastifyRequest } from "fastify";
import { CONTENT_CODINGS, decoderOf } from "./content-codings.ts";

/** How a body is to be read, as far as the head of its request, or of its part in a form, says it. */
export interface BodyType {
  readonly grammar: Grammar;
  /** What says so, for messages. */
  readonly source: string;
  /** The parameter `header` of `text/csv` (RFC 4180), where it is there. */
  readonly header?: "present" | "absent";
  /** A charset that is neither UTF-8 nor UTF-16: the body may be in ASCII only. */
  readonly asciiOnly?: string;
}

const JSON_TYPE = "application/json";
const DEFAULT: BodyType = { grammar: "json", source: "there is no Content-Type header" };
const USUAL: BodyType = { grammar: "json", source: typeSource(JSON_TYPE) };

/** UTF-16 shows by its byte order mark; what has none is read as UTF-8. */
const UNICODE = /^(utf-?8|utf-?16(le|be)?|us-ascii)$/i;

/** Lists as an error names them: "a, b or c". */
const LIST = new Intl.ListFormat("en-GB", { type: "disjunction" }).format(INPUT_TYPES);

/**
 * How a request's body is to be read: as JSON unless the request says otherwise; undefined for a form with a file, whose
 * part says it.
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
  // Most clients send exactly this, which needs no parsing.
  if (header === JSON_TYPE) return USUAL;
  if (/^multipart\/form-data\b/i.test(header)) return undefined;
  const found = readType(header, typeSource(header));
  if (found === undefined) throw unsupported(`send one of these as Content-Type: ${LIST}`);
  return found;
}

/** How a body of this media type is to be read; undefined where that is not a type that the service reads. */
export function readType(mediaType: string, source: string): BodyType | undefined {
  const { type, parameters } = safeParse(mediaType);
  const grammar = grammarOf(type);
  if (grammar === undefined) return undefined;
  const { charset = "utf-8", header } = parameters;
  return {
    grammar,
    source,
    ...((header === "present" || header === "absent") && { header }),
    ...(!UNICODE.test(charset) && { asciiOnly: charset }),
  };
}

function typeSource(header: string): string {
  return `of Content-Type: ${header}`;
}

function unsupported(detail: string): ProblemError {
  return new ProblemError("UNSUPPORTED_MEDIA_TYPE", detail);
}
