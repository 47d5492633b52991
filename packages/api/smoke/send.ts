import { request } from "undici";

/** Enough for a machine that has just started and is emulated: what is checked here is not how fast it is. */
const TIMEOUT_SECONDS = 30;

/** What to ask of the service. */
export interface Request {
  readonly method: string;
  readonly path: string;
  readonly headers?: { readonly [name: string]: string };
  readonly body?: string;
}

/** What it answered. */
export interface Answer {
  readonly status: number;
  readonly headers: { readonly [name: string]: string | string[] | undefined };
  readonly body: string;
}

/** Sends one request; undici rather than `fetch`, which refuses some of what the service takes. */
export async function send(origin: string, { path, ...options }: Request): Promise<Answer> {
  const signal = AbortSignal.timeout(TIMEOUT_SECONDS * 1000);
  const { statusCode, headers, body } = await request(new URL(path, origin), { ...options, signal });
  return { status: statusCode, headers, body: await body.text() };
}
