import type { AsyncSource, ReadableSource } from "./number-types.ts";

/** Whether a value gives its items over time. */
export function isAsyncSource(value: unknown): value is AsyncSource<unknown> {
  return typeof value === "object" && value !== null && (Symbol.asyncIterator in value || isReadable(value));
}

/** The items of an async iterable or a web stream, which is cancelled where they are not read to the end. */
export function itemsOf<Item>(source: AsyncSource<Item>): AsyncIterable<Item> {
  return isReadable(source) ? readItems(source) : source;
}

/** Not every browser's streams are async iterables. */
function isReadable<Item>(source: object): source is ReadableSource<Item> {
  return "getReader" in source && typeof source.getReader === "function";
}

async function* readItems<Item>(stream: ReadableSource<Item>): AsyncGenerator<Item, void, undefined> {
  const reader = stream.getReader();
  let isDone = false;
  try {
    while (true) {
      const { done, value } = await reader.read();
      isDone = done;
      if (done) return;
      yield value as Item;
    }
  } finally {
    if (!isDone) await reader.cancel();
    reader.releaseLock();
  }
}
