import type { Place } from "./errors.ts";

const MAX_POINTER_BYTES = 1024;

/** The JSON Pointer (RFC 6901) with these names and indices; absent when it is longer than 1 KiB. */
export function pointerTo(steps: readonly (string | number)[]): Pick<Place, "pointer"> {
  const pointer = steps
    .map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`)
    .join("");
  return new TextEncoder().encode(pointer).length > MAX_POINTER_BYTES ? {} : { pointer };
}
