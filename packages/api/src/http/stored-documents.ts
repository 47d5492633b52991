/**
 * Documents that are sent again and again. Each is encoded once in each coding, when a client first asks for it: an
 * encoder for each request would take a megabyte for a request of 60 bytes.
 */
import { type AnswerCoding, encodeNow } from "./content-codings.ts";

const encodings = new WeakMap<Buffer, Map<AnswerCoding, Buffer>>();

/** Makes a document that is encoded once, whenever it is the payload of an answer. */
export function storedDocument(content: string | Buffer): Buffer {
  const document = Buffer.from(content);
  encodings.set(document, new Map());
  return document;
}

/** A stored document in this coding; undefined if the payload is not one. */
export function encodedDocument(payload: string | Buffer, coding: AnswerCoding): Buffer | undefined {
  const encoded = typeof payload === "string" ? undefined : encodings.get(payload);
  if (encoded === undefined) return undefined;
  const document = encoded.get(coding) ?? encodeNow(payload, coding);
  encoded.set(coding, document);
  return document;
}
