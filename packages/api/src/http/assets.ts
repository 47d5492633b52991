import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { extname } from "node:path";
import { PAGE_FOLDER } from "@sorted/page";
import type { FastifyReply, FastifyRequest } from "fastify";
import Negotiator from "negotiator";
import { storedDocument } from "./stored-documents.ts";

/** A file of the page, as the service sends it. */
export interface Asset {
  /** The path at which the service has it. */
  readonly path: string;
  readonly type: string;
  readonly content: Buffer;
  readonly gzip: Buffer;
  /** Validator of the content (RFC 9110, section 8.8.3): weak, because it is the same with and without gzip. */
  readonly etag: string;
}

const TYPES: { readonly [extension: string]: string } = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
};

/** How long browsers keep a file whose name changes with its content. */
const YEAR_SECONDS = 31_536_000;

/** The documents; every other file is under `/assets/`. */
const PATHS: { readonly [name: string]: string } = {
  "index.html": "/",
  "docs.html": "/docs",
  "errors.html": "/errors",
};

/**
 * The page may load only what this service has. Styles and scripts are in files of their own; the kernel is
 * WebAssembly. Workers have the policy of their own file, so every asset carries it.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

/**
 * Reads the page's files, by their paths.
 *
 * @throws {Error} if the page has not been built
 */
export function readAssets(): ReadonlyMap<string, Asset> {
  const names = readFolder().filter((name) => extname(name) in TYPES);
  return new Map(names.map(readAsset).map((asset) => [asset.path, asset]));
}

/** Answers with an asset, or 304 if the client has it. Browsers keep a file whose name changes with its content. */
export function sendAsset(request: FastifyRequest, reply: FastifyReply, asset: Asset): FastifyReply {
  const { path, type, content, gzip, etag } = asset;
  reply.removeHeader("cache-control");
  if (path.startsWith("/assets/")) reply.staticCache(YEAR_SECONDS);
  else reply.cacheControl("no-cache");
  reply.headers({
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    etag,
  });
  if (hasEtag(request.headers["if-none-match"], etag)) return reply.code(304).send();
  reply.type(type);
  if (new Negotiator(request.raw).encoding(["gzip", "identity"]) !== "gzip") return reply.send(content);
  return reply.header("content-encoding", "gzip").send(gzip);
}

/** Whether `If-None-Match` names a validator (RFC 9110, section 13.1.2). */
function hasEtag(header: string | undefined, etag: string): boolean {
  return header !== undefined && (header.trim() === "*" || header.includes(etag));
}

function readFolder(): string[] {
  try {
    return readdirSync(PAGE_FOLDER);
  } catch (error) {
    throw new Error("the page is not built yet: run npx pnpm@12 build:page", { cause: error });
  }
}

function readAsset(name: string): Asset {
  const content = storedDocument(readFileSync(new URL(name, PAGE_FOLDER)));
  return {
    path: PATHS[name] ?? `/assets/${name}`,
    type: TYPES[extname(name)] ?? "",
    content,
    gzip: readFileSync(new URL(`${name}.gz`, PAGE_FOLDER)),
    etag: `W/"${createHash("sha256").update(content).digest("base64url")}"`,
  };
}
