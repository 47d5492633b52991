import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { Test } from "tap";

/** A bare connection to the service, for what an HTTP client would not do. */
export class Client {
  readonly socket: Socket;
  /** All that was received so far. */
  received = "";

  constructor(t: Test, port: number) {
    this.socket = connect({ port, host: "127.0.0.1", noDelay: true });
    this.socket.on("data", (chunk) => {
      this.received += chunk.toString("latin1");
    });
    // What a reset means for a test shows in what was received.
    this.socket.on("error", () => undefined);
    t.teardown(() => this.socket.destroy());
  }

  /** Writes, and waits until the bytes have left. */
  async write(data: string | Buffer): Promise<void> {
    await new Promise<void>((resolve) => this.socket.write(data, () => resolve()));
  }

  /** Keeps what is written next from being read together with what was written before. */
  async pause(): Promise<void> {
    await sleep(1);
  }

  /** Waits until something was received that matches. */
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
