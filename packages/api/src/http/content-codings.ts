import type { IncomingHttpHeaders } from "node:http";
import type { Transform } from "node:stream";
import {
  constants,
  createBrotliCompress,
  createBrotliDecompress,
  createGunzip,
  createGzip,
  createInflate,
  createZstdCompress,
  createZstdDecompress,
} from "node:zlib";

const DECODERS: { readonly [coding: string]: (() => Transform) | "identity" } = {
  gzip: createGunzip,
  "x-gzip": createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
  zstd: createZstdDecompress,
  identity: "identity",
};

/** The codings that a body may have (RFC 9110, section 8.4.1). */
export const CONTENT_CODINGS = ["gzip", "deflate", "br", "zstd"] as const;

/** Decodes a body: "identity" if there is nothing to decode, undefined if the coding is not known. */
export function decoderOf(headers: IncomingHttpHeaders): (() => Transform) | "identity" | undefined {
  const coding = (headers["content-encoding"] ?? "identity").toLowerCase();
  return Object.hasOwn(DECODERS, coding) ? DECODERS[coding] : undefined;
}

/** The service compresses answers quickly: more effort makes numbers hardly smaller. */
export const ENCODERS = {
  zstd: () => createZstdCompress({ params: { [constants.ZSTD_c_compressionLevel]: 1 } }),
  br: () => createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }),
  gzip: () => createGzip({ level: 1 }),
} as const;

/** The codings of answers. */
export const ANSWER_CODINGS = ["zstd", "br", "gzip"] as const satisfies (keyof typeof ENCODERS)[];
