/** The types of what `sortNumbers` takes and gives back. */
import type { NumberValue } from "./number-value.ts";

type TypedArray =
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array
  | BigInt64Array
  | BigUint64Array;

/** Numbers in iterables, typed arrays and plain objects, nested at will. */
export type NumberValues =
  | NumberValue
  | TypedArray
  | Iterable<NumberValues>
  | { readonly [name: string]: NumberValues };

/** `Values` itself where it holds only numbers; works for an `interface` too, which no index signature describes. */
export type Numeric<Values> = Values extends NumberValues
  ? Values
  : Values extends Iterable<infer Item>
    ? Iterable<Numeric<Item>>
    : Values extends object
      ? { readonly [Name in keyof Values]: Numeric<Values[Name]> }
      : never;

/** The type of the numbers within: `number` for `{ a: number[] }`, `bigint` for a `BigInt64Array`. */
export type NumberIn<Values> = [NumberValues] extends [Values]
  ? NumberValue
  : Values extends NumberValue
    ? Values
    : Values extends Iterable<infer Item>
      ? NumberIn<Item>
      : Values extends object
        ? NumberIn<Values[keyof Values]>
        : never;

/** What values come from over time: an async iterable, or a web stream, also where those don't iterate yet. */
export type AsyncSource<Item> = AsyncIterable<Item> | ReadableSource<Item>;

/** The part of a `ReadableStream` that reads it. */
export interface ReadableSource<Item> {
  getReader(): {
    read(): Promise<{ readonly done: boolean; readonly value?: Item | undefined }>;
    cancel(reason?: unknown): Promise<void>;
    releaseLock(): void;
  };
}
