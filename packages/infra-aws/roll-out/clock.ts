/** Time between questions, and when it has been long enough. */
import { setTimeout } from "node:timers/promises";

export class Clock {
  readonly #patienceSeconds: number;
  readonly #pollSeconds: number;
  #waited = 0;

  /**
   * @param patienceSeconds it is over when so much has been waited since the last restart
   * @param pollSeconds how long each wait takes
   */
  constructor(patienceSeconds: number, pollSeconds: number) {
    this.#patienceSeconds = patienceSeconds;
    this.#pollSeconds = pollSeconds;
  }

  get isOver(): boolean {
    return this.#waited >= this.#patienceSeconds;
  }

  restart(): void {
    this.#waited = 0;
  }

  async wait(): Promise<void> {
    await setTimeout(this.#pollSeconds * 1000);
    this.#waited += this.#pollSeconds;
  }
}
