import type { IncomingHttpHeaders } from "node:http";
import { finished, type Readable, type Transform } from "node:stream";
import {
  brotliCompressSync,
  constants,
  createBrotliCompress,
  createBrotliDecompress,
  createGunzip,
  createGzip,
  createInflate,
  createZstdCompress,
  createZstdDecompress,
  gzipSync,
  zstdCompressSync,
} from "node:zlib";
import { ProblemError } from "@sorted/contract";
import { errorCodes } from "fastify";
import { ZstdFrames } from "./zstd-frames.ts";

/** Makes the streams that a body passes through to be decoded. */
type MakeDecoder = () => readonly Transform[];

/** The largest window of zstd that a decoder must support (RFC 9659): 8 MiB, as a power of two. Brotli has 16 MiB. */
const ZSTD_WINDOW_LOG = 23;

const gunzip = () => [createGunzip()];

const DECODERS: { readonly [coding: string]: MakeDecoder | "identity" } = {
  // A gzip body may have several members (RFC 1952, section 2.2). In other codings nothing follows the end.
  gzip: gunzip,
  "x-gzip": gunzip,
  deflate: () => [createInflate({ rejectGarbageAfterEnd: true })],
  br: () => [
    createBrotliDecompress({
      params: { [constants.BROTLI_DECODER_PARAM_LARGE_WINDOW]: false },
      rejectGarbageAfterEnd: true,
    }),
  ],
  zstd: () => [
    new ZstdFrames(),
    createZstdDecompress({
      params: { [constants.ZSTD_d_windowLogMax]: ZSTD_WINDOW_LOG },
      rejectGarbageAfterEnd: true,
    }),
  ],
  identity: "identity",
};

/** What is wrong with a body, by the code of the decoder's error. */
const FAULTS: { readonly [code: string]: string } = {
  ZSTD_error_frameParameter_windowTooLarge:
    "the window of the zstd body is larger than 8 MiB; compress it with a window of 8 MiB or less",
  ERR__ERROR_FORMAT_WINDOW_BITS:
    "the window of the br body is larger than 16 MiB; compress it without a large window",
  ERR_TRAILING_JUNK_AFTER_STREAM_END: "the body goes on after the end of its compressed data",
};

/** The codings that a body may have (RFC 9110, section 8.4.1). */
export const CONTENT_CODINGS = ["gzip", "deflate", "br", "zstd"] as const;

/** Makes a decoder for a body: "identity" if there is nothing to decode, undefined if the coding is not known. */
export function decoderOf(headers: IncomingHttpHeaders): MakeDecoder | "identity" | undefined {
  const coding = (headers["content-encoding"] ?? "identity").toLowerCase();
  return Object.hasOwn(DECODERS, coding) ? DECODERS[coding] : undefined;
}

/**
 * Decodes a body as it comes.
 *
 * @param maxBytes how many bytes the body may have before it is decoded. Some codings can go on for ever and hold
 *   nothing.
 * @returns the decoded body. It fails with BODY_TOO_LARGE, or with an error for `codingProblem`.
 */
export function decode(encoded: Readable, makeDecoder: MakeDecoder, maxBytes: number): Readable {
  const streams = makeDecoder();
  const give = (from: Readable, to: Transform) => {
    // Not `pipeline`: the client still needs an answer when a decoder is given up.
    finished(from, (error) => error && to.destroy(error));
    // If the request is refused before its body is read, nothing else listens; an unhandled error would end the process.
    return to.on("error", () => undefined);
  };
  const decoder = streams.reduce<Readable>((from, to) => from.pipe(give(from, to)), encoded);
  let bytes = 0;
  encoded.on("data", (piece: Buffer) => {
    bytes += piece.length;
    if (bytes > maxBytes) decoder.destroy(new errorCodes.FST_ERR_CTP_BODY_TOO_LARGE());
  });
  return decoder;
}

/** What to tell a client whose body could not be decoded. */
export function codingProblem(error: NodeJS.ErrnoException): ProblemError {
  const fault = FAULTS[error.code ?? ""];
  return new ProblemError(
    "INVALID_CODING",
    fault ?? "the body is not in the coding that Content-Encoding names",
  );
}

/** The codings of answers. */
export const ANSWER_CODINGS = ["zstd", "br", "gzip"] as const;
export type AnswerCoding = (typeof ANSWER_CODINGS)[number];

/** The service compresses answers quickly: more effort makes numbers hardly smaller. */
const ZSTD = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } };
const GZIP = { level: 1 };

const ENCODERS: { readonly [coding in AnswerCoding]: () => Transform } = {
  zstd: () => createZstdCompress(ZSTD),
  br: () => createBrotliCompress(BROTLI),
  gzip: () => createGzip(GZIP),
};

const ENCODERS_NOW: { readonly [coding in AnswerCoding]: (content: string | Buffer) => Buffer } = {
  zstd: (content) => zstdCompressSync(content, ZSTD),
  br: (content) => brotliCompressSync(content, BROTLI),
  gzip: (content) => gzipSync(content, GZIP),
};

/** Makes an encoder for an answer. */
export function encoderOf(coding: AnswerCoding): Transform {
  return ENCODERS[coding]();
}

/** Encodes at once, which stops everything else: some milliseconds for a megabyte. */
export function encodeNow(content: string | Buffer, coding: AnswerCoding): Buffer {
  return ENCODERS_NOW[coding](content);
}
