/** A reverse proxy that has the service under a path, which it names as Traefik does; it can be slow or down. */
import { once } from "node:events";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

const PREFIX = "/tools/sorted";

/** `hold` reads no body and answers no POST; `down` hangs up. Both concern sorting only: the page still comes. */
type Mode = "forward" | "hold" | "down";

export class PrefixProxy {
  mode: Mode = "forward";
  #held: IncomingMessage | undefined;
  readonly #port: number;
  readonly #server = createServer((incoming, answer) => this.#handle(incoming, answer));

  /** @param port where the service listens */
  constructor(port: number) {
    this.#port = port;
  }

  /** @returns the address of the page */
  async listen(): Promise<string> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}${PREFIX}/`;
  }

  /** Reads the request that it held: whether the client has hung up before its end. */
  async isGivenUp(): Promise<boolean> {
    const held = this.#held?.resume();
    if (held === undefined) throw new Error("no request is held");
    // Its end by the client is an error, which `once` would throw.
    if (!held.closed) await new Promise((resolve) => held.once("close", resolve));
    return !held.complete;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  #handle(incoming: IncomingMessage, answer: ServerResponse): void {
    const { method, url = "", headers } = incoming;
    if (!url.startsWith(`${PREFIX}/`)) {
      answer.writeHead(404).end();
    } else if (method === "POST" && this.mode === "down") {
      incoming.destroy();
    } else if (method === "POST" && this.mode === "hold") {
      incoming.on("error", () => undefined);
      this.#held = incoming;
    } else {
      const path = url.slice(PREFIX.length);
      const target = { port: this.#port, host: "127.0.0.1", method, path };
      const onward = request(
        { ...target, headers: { ...headers, "x-forwarded-prefix": PREFIX } },
        (reply) => {
          answer.writeHead(reply.statusCode ?? 502, reply.headers);
          reply.pipe(answer);
        },
      );
      onward.on("error", () => incoming.destroy());
      incoming.pipe(onward);
    }
  }
}
