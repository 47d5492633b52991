import { INPUT_TYPES, type InputType } from "@sorted/contract";
import { contentTypeOf, type InputKind } from "./contents.ts";
import { all, byId } from "./elements.ts";
import { currentInput } from "./input-box.ts";
import type { NumbersType, Place } from "./messages.ts";
import { isFor, type Options, searchOf } from "./options.ts";

const form = byId("form", HTMLFormElement);
/** The values that the document gives to the controls. */
const initial = new Map(entries());

/** What the form asks for, except for the input itself. */
export interface Settings {
  readonly place: Place;
  readonly contentType: InputType;
  readonly accept: NumbersType;
  readonly search: string;
  readonly hasHeadings: boolean;
}

/** Reads the form. */
export function settings(): Settings {
  const values = new Map(entries());
  const options: Options = Object.fromEntries(values);
  const accept = oneOf<NumbersType>(values.get("accept"), ["application/json", "text/plain", "text/csv"]);
  const contentType = inputType();
  return {
    place: oneOf<Place>(values.get("place"), ["server", "browser"]),
    contentType,
    accept,
    search: searchOf(options, contentType, accept),
    hasHeadings: values.get("header") === "present" && isFor(contentType, "header"),
  };
}

/** The type by which the input is read. */
export function inputType(): InputType {
  const { sample, files } = currentInput();
  const kind = oneOf<InputKind>(new Map(entries()).get("kind"), ["auto", ...INPUT_TYPES]);
  return contentTypeOf(sample, kind, files[0]?.name);
}

/** The controls that differ from what the document gives them, by name. Neither the input nor the key is among them. */
export function changedControls(): [name: string, value: string][] {
  return entries().filter(([name, value]) => initial.get(name) !== value);
}

/** Sets every control: to its value here, or else to what the document gives it. */
export function setControls(values: URLSearchParams): void {
  for (const control of form.elements) {
    const isInput = control instanceof HTMLInputElement;
    // The file and the key have no name.
    if (!(isInput || control instanceof HTMLSelectElement) || control.name === "") continue;
    const value = values.get(control.name) ?? initial.get(control.name) ?? "";
    if (isInput && control.type !== "text") control.checked = control.value === value;
    else control.value = value;
  }
}

/** Chooses where to sort. */
export function setPlace(place: Place): void {
  for (const radio of all("[name=place]", HTMLInputElement)) radio.checked = radio.value === place;
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
    form.requestSubmit();
  });
  form.addEventListener("input", ({ target }) => {
    if (target instanceof HTMLInputElement || target instanceof HTMLSelectElement) onChange();
  });
}

/** Shows only the options that the input and the answer can have. */
export function showOptions({ contentType, accept }: Settings): void {
  for (const element of all("[data-option]", HTMLElement))
    element.hidden = !isFor(contentType, element.dataset["option"] ?? "");
  byId("strings", HTMLInputElement).disabled = accept !== "application/json";
}

function entries(): [name: string, value: string][] {
  return Array.from(new FormData(form)).flatMap(([name, value]) =>
    typeof value === "string" && value !== "" ? [[name, value]] : [],
  );
}

function oneOf<Value extends string>(value: string | undefined, values: readonly [Value, ...Value[]]): Value {
  return values.find((known) => known === value) ?? values[0];
}
