/** What decides beside which other items one may run. */
export interface Schedulable {
  /** Whether nothing may run at the same time. */
  readonly alone?: boolean;
  /** The name of something that exists only once. Items that use the same run one after the other. */
  readonly uses?: string;
}

/**
 * Works through a list, up to `slots` items at once. The first item that may start does. An item that must be alone
 * waits until nothing else runs, and nothing starts while it runs. Such items come last, so that they delay nothing.
 *
 * @param work The work on an item. It must not reject.
 */
export async function schedule<Item extends Schedulable>(
  items: readonly Item[],
  slots: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const waiting = new Set(items.filter(({ alone }) => !alone));
  const running = new Map<Item, Promise<void>>();
  const mayStart = ({ uses }: Item) =>
    uses === undefined || [...running.keys()].every((other) => other.uses !== uses);
  while (waiting.size + running.size > 0) {
    const next = running.size < slots ? [...waiting].find(mayStart) : undefined;
    if (next === undefined) {
      await Promise.race(running.values());
    } else {
      waiting.delete(next);
      running.set(
        next,
        work(next).then(() => void running.delete(next)),
      );
    }
  }
  for (const item of items) if (item.alone) await work(item);
}
