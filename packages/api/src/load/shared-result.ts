/**
 * Makes a function whose result is shared: by all calls while it is being computed, and for this time after that.
 *
 * @example
 * const metrics = sharedResult(1000, () => registry.metrics()); // at most once a second
 */
export function sharedResult<Value>(
  milliseconds: number,
  compute: () => Promise<Value>,
): () => Promise<Value> {
  let shared: Promise<Value> | undefined;
  const forget = () => {
    shared = undefined;
  };
  return () => {
    shared ??= compute().finally(() => setTimeout(forget, milliseconds).unref());
    return shared;
  };
}
