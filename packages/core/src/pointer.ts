import { SortedError } from "./errors.ts";

const MAX_POINTER_BYTES = 1024;

/** The JSON Pointer (RFC 6901) with these names and indices; undefined when it is longer than 1 KiB. */
export function jsonPointer(steps: readonly (string | number)[]): string | undefined {
  const pointer = steps
    .map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`)
    .join("");
  return new TextEncoder().encode(pointer).length > MAX_POINTER_BYTES ? undefined : pointer;
}

/** The same error, with the pointer to where it lies. */
export function atPointer(
  { code, detail, offset }: SortedError,
  steps: readonly (string | number)[],
): SortedError {
  const pointer = jsonPointer(steps);
  return new SortedError(code, detail, {
    ...(offset !== undefined && { offset }),
    ...(pointer !== undefined && { pointer }),
  });
}
