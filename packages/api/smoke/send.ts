import { request } from "undici";

/** Enough for an emulated machine that has just started: these checks are not about speed. */
const TIMEOUT_SECONDS = 30;

/** A request to the service. */
export interface Request {
  readonly method: string;
  readonly path: string;
  readonly headers?: { readonly [name: string]: string };
  readonly body?: string;
}

/** The answer of the service. */
export interface Answer {
  readonly status: number;
  readonly headers: { readonly [name: string]: string | string[] | undefined };
  readonly body: string;
}

/** Sends one request, with undici: `fetch` refuses some requests that the service accepts. */
export async function send(origin: string, { path, ...options }: Request): Promise<Answer> {
  const signal = AbortSignal.timeout(TIMEOUT_SECONDS * 1000);
  const { statusCode, headers, body } = await request(new URL(path, origin), { ...options, signal });
  return { status: statusCode, headers, body: await body.text() };
}
