import { INPUT_TYPES } from "@sorted/contract";
import { contentTypeOf, type InputKind } from "./contents.ts";
import { all, byId } from "./elements.ts";
import { inputBytes } from "./input-box.ts";
import type { NumbersType, Place, SortRequest } from "./messages.ts";

const form = byId("form", HTMLFormElement);
const kind = byId("kind", HTMLSelectElement);
const limit = byId("limit", HTMLInputElement);
const unique = byId("unique", HTMLInputElement);
const strings = byId("strings", HTMLInputElement);

/** The request that the form describes. */
export function requestOf(): SortRequest {
  const accept = oneOf<NumbersType>(chosen("accept"), ["application/json", "text/plain", "text/csv"]);
  const options = [
    ...(chosen("order") === "desc" ? ["order=desc"] : []),
    ...(unique.checked ? ["unique=true"] : []),
    ...(limit.value.trim() === "" ? [] : [`limit=${encodeURIComponent(limit.value.trim())}`]),
    ...(strings.checked && accept === "application/json" ? ["numbers=string"] : []),
  ];
  const body = inputBytes();
  return {
    place: oneOf<Place>(chosen("place"), ["server", "browser"]),
    search: options.length > 0 ? `?${options.join("&")}` : "",
    contentType: contentTypeOf(body, oneOf<InputKind>(kind.value, ["auto", ...INPUT_TYPES])),
    accept,
    body,
  };
}

/** Calls back when the form is sent, and when one of its options changes. */
export function watchForm(onSort: () => void, onChange: () => void): void {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    onSort();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    onSort();
  });
  const options = [kind, limit, unique, strings, ...all("#form [type=radio]", HTMLInputElement)];
  for (const option of options) {
    option.addEventListener("change", () => {
      // Only JSON has strings.
      strings.disabled = chosen("accept") !== "application/json";
      onChange();
    });
  }
}

function chosen(name: string): string {
  return String(new FormData(form).get(name));
}

function oneOf<Value extends string>(value: string, values: readonly [Value, ...Value[]]): Value {
  return values.find((known) => known === value) ?? values[0];
}
