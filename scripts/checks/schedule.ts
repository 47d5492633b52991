/**
 * Works through a list, up to `slots` items at once and in the order of the list. An item that must be alone waits
 * until nothing else runs, and nothing starts while it runs. Such items come last, so that they delay nothing.
 *
 * @param work The work on an item. It must not reject.
 */
export async function schedule<Item extends { readonly alone?: boolean }>(
  items: readonly Item[],
  slots: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const shared = items.filter(({ alone }) => !alone).values();
  const slot = async () => {
    for (const item of shared) await work(item);
  };
  await Promise.all(Array.from({ length: slots }, slot));
  for (const item of items) if (item.alone) await work(item);
}
