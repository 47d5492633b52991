import { byId } from "./elements.ts";
import { keep, kept } from "./session.ts";

const NAME = "sorted.key";
const field = byId("key", HTMLInputElement);
const box = byId("key-box", HTMLDetailsElement);
let isWanted = false;

/** The API key that the user has given; empty if there is none. */
export function currentKey(): string {
  return field.value.trim();
}

/** Whether the service has asked for a key. */
export function isKeyWanted(): boolean {
  return isWanted;
}

/** Asks for a key, as the service wants one. */
export function askForKey(): void {
  isWanted = true;
  box.open = true;
  field.focus();
}

/** Keeps the key until the tab is closed, and calls back after each change. */
export function watchKey(onChange: () => void): void {
  field.value = kept(NAME);
  box.open = field.value !== "";
  field.addEventListener("input", () => {
    keep(NAME, currentKey());
    onChange();
  });
}
