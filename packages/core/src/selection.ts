import type { FormOptions } from "./form.ts";

/** The one member of each record whose numbers are read. */
export interface Selection {
  /** The names and indices that lead to it from the record. */
  readonly path: readonly string[];
  readonly skipsEmpty: boolean;
  /** As the caller wrote it. */
  readonly field: string;
}

/** A name, or a JSON Pointer (RFC 6901), which begins with a solidus. */
export function selectionOf({ field, empty }: FormOptions): Selection | undefined {
  if (field === undefined) return undefined;
  const path = field.startsWith("/")
    ? field
        .slice(1)
        .split("/")
        .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"))
    : [field];
  return { path, skipsEmpty: empty === "skip", field };
}
