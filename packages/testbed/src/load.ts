/**
 * Load that counts lost requests. Each client sends one request after the other, with every method of the API, and
 * compares each answer with the right one. It repeats a failed request only if that is safe: if nothing was sent, or if
 * the method is idempotent (RFC 9110, section 9.2.2), which POST is not.
 */
import { Agent, request } from "node:http";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";

/** The results of the requests. Only `answered` is good news. */
export interface Tally {
  /** Right answers, at the first try or a later one. */
  answered: number;
  /** Failed tries that were repeated, by reason. */
  retried: string[];
  /** Given up without having been sent: nothing listened, or there was nothing at the address. */
  refused: number;
  /** Given up, although sent and safe to repeat, by reason. */
  lost: string[];
  /** Failed and not repeated, because that was not safe, by reason. */
  unsafe: string[];
}

interface Exchange {
  readonly method: "GET" | "QUERY" | "POST";
  readonly path: string;
  readonly body?: string;
  readonly answer: string;
}

const isIdempotent = ({ method }: Exchange): boolean => method !== "POST";

const ascending = Array.from({ length: 20_000 }, (_, index) => index);
const small = { path: "/", body: '{"x1":"[3, 1]","x2":"2"}', answer: '{"sorted":[1,2,3]}' };
const large = {
  path: "/",
  body: JSON.stringify(ascending.toReversed()),
  answer: JSON.stringify({ sorted: ascending }),
};

const exchanges: readonly Exchange[] = [
  { method: "GET", path: "/?x1=%5B3,1%5D&x2=2", answer: '{"sorted":[1,2,3]}' },
  { method: "POST", ...small },
  { method: "QUERY", ...small },
  { method: "POST", ...large },
  { method: "QUERY", ...large },
];

const triesPerRequest = 5;
const pauseMilliseconds = 50;

/**
 * Keeps `clients` clients busy until `end` is aborted, and answers when their last requests are over.
 *
 * @param origins The addresses of one service. As clients do for a name with several addresses, each new try uses the
 * next.
 */
export async function generateLoad(
  origins: readonly string[],
  clients: number,
  end: AbortSignal,
): Promise<Tally> {
  const tally: Tally = { answered: 0, retried: [], refused: 0, lost: [], unsafe: [] };
  const agent = new Agent({ keepAlive: true });

  async function complete(exchange: Exchange, first: number): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      const failure = await attempt(origins[(first + tries) % origins.length] ?? "", exchange, agent);
      if (failure === undefined) {
        tally.answered += 1;
        return;
      }
      const { wasSent } = failure;
      const seen = `${exchange.method}: ${failure.seen}`;
      if (wasSent && !isIdempotent(exchange)) {
        tally.unsafe.push(seen);
        return;
      }
      if (tries === triesPerRequest) {
        if (wasSent) tally.lost.push(seen);
        else tally.refused += 1;
        return;
      }
      tally.retried.push(seen);
      await sleep(pauseMilliseconds);
    }
  }

  async function client(first: number): Promise<void> {
    for (let index = first; !end.aborted; index += 1) {
      const exchange = exchanges[index % exchanges.length];
      if (exchange) await complete(exchange, index);
    }
  }

  await Promise.all(Array.from({ length: clients }, (_, index) => client(index)));
  agent.destroy();
  return tally;
}

interface Failure {
  readonly seen: string;
  /** Whether there was a connection, so that the request may have arrived. */
  readonly wasSent: boolean;
}

/** Sends a request once, and returns what was wrong, if anything. */
async function attempt(origin: string, exchange: Exchange, agent: Agent): Promise<Failure | undefined> {
  const { method, path, body, answer } = exchange;
  let wasSent = false;
  try {
    const { status, received } = await new Promise<{ status: number; received: string }>(
      (resolve, reject) => {
        const outgoing = request(new URL(path, origin), { method, agent, timeout: 10_000 });
        if (body) outgoing.setHeader("content-type", "application/json");
        outgoing.on("socket", (socket) => {
          if (!socket.connecting) wasSent = true;
          else socket.once("connect", () => (wasSent = true));
        });
        outgoing.on("timeout", () => outgoing.destroy(new Error("no answer in 10 s")));
        outgoing.on("error", reject);
        outgoing.on("response", (response) => {
          text(response).then((received) => resolve({ status: response.statusCode ?? 0, received }), reject);
        });
        outgoing.end(body);
      },
    );
    if (status === 200 && received === answer) return undefined;
    return { seen: `${status} ${received.slice(0, 200)}`, wasSent };
  } catch (error) {
    const seen = error instanceof Error && "code" in error ? String(error.code) : String(error);
    return { seen, wasSent };
  }
}
