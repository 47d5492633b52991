import type { IncomingHttpHeaders } from "node:http";
import { PassThrough, type Readable } from "node:stream";
import { Busboy, type BusboyInstance } from "@fastify/busboy";
import { grammarOfFile, ProblemError } from "@sorted/contract";
import { errorCodes } from "fastify";
import { type BodyType, readType } from "./body-type.ts";

/** A part has a name, a file name and a type. No client sends more than a few headers. */
const MOST_HEADERS = 32;

/** Whether a body is a form that may hold a file (RFC 7578). */
export function isMultipart({ "content-type": type }: IncomingHttpHeaders): boolean {
  return type !== undefined && /^multipart\/form-data\b/i.test(type);
}

/**
 * The content of a form's only part, as it comes.
 *
 * @param onType is told how to read the part, before its first byte: by its own type, or else by its file name
 * @returns a stream. It fails with INVALID_MULTIPART or UNSUPPORTED_MEDIA_TYPE if the form is not one part that the
 *   service reads, and with BODY_TOO_LARGE if the whole form has more than `maxBodyBytes`.
 */
export function readPart(
  payload: Readable,
  headers: IncomingHttpHeaders,
  maxBodyBytes: number,
  onType: (type: BodyType) => void,
): Readable {
  const content = new PassThrough();
  // If the request has been refused already, nothing else listens.
  content.on("error", () => undefined);
  const fail = (error: Error) => {
    payload.unpipe();
    content.destroy(error);
  };
  let parser: BusboyInstance;
  try {
    parser = new Busboy({
      headers: { ...headers, "content-type": String(headers["content-type"]) },
      limits: { headerPairs: MOST_HEADERS },
      // A field is read like a file: piece by piece.
      isPartAFile: () => true,
    });
  } catch {
    queueMicrotask(() => fail(invalid("the header Content-Type of a form must name a boundary")));
    return content;
  }
  const unfinished = invalid("the form does not end as its boundary says");
  let parts = 0;
  parser.on("file", (_name, part, filename, _encoding, mediaType) => {
    parts += 1;
    part.on("error", () => fail(unfinished));
    const type = parts === 1 ? typeOfPart(mediaType, filename) : undefined;
    if (type === undefined) {
      part.resume();
      fail(
        parts > 1
          ? invalid("the form has more than one part; send one file")
          : unsupported(mediaType, filename),
      );
      return;
    }
    onType(type);
    part.pipe(content, { end: false });
  });
  parser.on("finish", () => {
    if (parts === 0) fail(invalid("the form has no part; send one file"));
    else content.end();
  });
  parser.on("error", () => fail(unfinished));
  let bytes = 0;
  payload.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > maxBodyBytes) fail(new errorCodes.FST_ERR_CTP_BODY_TOO_LARGE());
  });
  payload.on("error", (error) => content.destroy(error));
  payload.pipe(parser);
  return content;
}

/** A part without a type is text (RFC 7578, section 4.4). If a file's type says nothing, its name decides. */
function typeOfPart(mediaType: string, filename: string | undefined): BodyType | undefined {
  const grammar = grammarOfFile(filename ?? "");
  const own = readType(mediaType, `of the part's Content-Type: ${mediaType}`);
  const isNamed = grammar !== undefined && (own === undefined || own.grammar === "text");
  return isNamed ? { grammar, source: `of the file's name ${filename}` } : own;
}

function invalid(detail: string): ProblemError {
  return new ProblemError("INVALID_MULTIPART", detail);
}

function unsupported(mediaType: string, filename: string | undefined): ProblemError {
  return new ProblemError(
    "UNSUPPORTED_MEDIA_TYPE",
    `the part${filename ? ` ${filename}` : ""} has the type ${mediaType}; send a file whose name ends in .json, .jsonl, .csv, .tsv or .txt`,
  );
}
