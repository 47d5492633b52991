/** How a worker asks the primary process. */
import cluster, { type Worker } from "node:cluster";
import type { Count } from "./rate-counter.ts";

/** What a worker can ask for: the metrics of all processes together, or the count of a client's requests. */
export type Question =
  | { readonly ask: "metrics" }
  | { readonly ask: "count"; readonly client: string; readonly windowMilliseconds: number };

type Reply<This extends Question> = This extends { ask: "metrics" } ? string : Count;

/** The answer to each question. */
export interface Answers {
  metrics(): Promise<string>;
  count(client: string, windowMilliseconds: number): Count;
}

interface Asked {
  readonly id: number;
  readonly question: Question;
}

interface Answered {
  readonly id: number;
  readonly reply?: string | Count;
  readonly fault?: string;
}

const isAsked = (message: unknown): message is Asked =>
  typeof message === "object" && message !== null && "question" in message;
const isAnswered = (message: unknown): message is Answered =>
  typeof message === "object" && message !== null && "id" in message && !("question" in message);

const open = new Map<number, (answered: Answered) => void>();
let lastId = 0;

/** Asks the primary process. */
export function askPrimary<This extends Question>(question: This): Promise<Reply<This>> {
  if (lastId === 0) {
    process.on("message", (message) => {
      if (!isAnswered(message)) return;
      open.get(message.id)?.(message);
      open.delete(message.id);
    });
  }
  lastId += 1;
  const id = lastId;
  return new Promise((resolve, reject) => {
    open.set(id, ({ reply, fault }) =>
      fault === undefined ? resolve(reply as Reply<This>) : reject(new Error(fault)),
    );
    process.send?.({ id, question } satisfies Asked);
  });
}

/** Answers the workers. */
export function answerWorkers(answers: Answers): void {
  cluster.on("message", async (worker: Worker, message: unknown) => {
    if (!isAsked(message)) return;
    const { id, question } = message;
    const answered = await answer(answers, question).then(
      (reply) => ({ id, reply }),
      (error) => ({ id, fault: String(error) }),
    );
    if (worker.isConnected()) worker.send(answered satisfies Answered);
  });
}

async function answer(answers: Answers, question: Question): Promise<string | Count> {
  if (question.ask === "metrics") return answers.metrics();
  return answers.count(question.client, question.windowMilliseconds);
}
