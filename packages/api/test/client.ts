import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { Test } from "tap";

/** A bare connection to the service, for what an HTTP client would not do. */
export class Client {
  readonly socket: Socket;
  /** Everything received so far. */
  received = "";

  constructor(t: Test, port: number) {
    this.socket = connect({ port, host: "127.0.0.1", noDelay: true });
    this.socket.on("data", (chunk) => {
      this.received += chunk.toString("latin1");
    });
    // A reset shows in what was received.
    this.socket.on("error", () => undefined);
    t.teardown(() => this.socket.destroy());
  }

  /** Writes, and waits until the bytes have left. */
  async write(data: string | Buffer): Promise<void> {
    await new Promise<void>((resolve) => this.socket.write(data, () => resolve()));
  }

  /** Makes sure that the service reads the next bytes separately from the ones before. */
  async pause(): Promise<void> {
    await sleep(1);
  }

  /** Waits until the received text matches. */
  async receives(pattern: RegExp): Promise<string> {
    while (!pattern.test(this.received)) await once(this.socket, "data");
    return this.received;
  }

  /** Waits until the service has closed the connection. */
  async closes(): Promise<string> {
    if (!this.socket.closed) await once(this.socket, "close");
    return this.received;
  }
}
