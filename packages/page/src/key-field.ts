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

/** Whether the service wants a key, as far as the page knows. */
export function isKeyWanted(): boolean {
  return isWanted;
}

/** Asks for a key, as the service wants one. */
export function askForKey(): void {
  isWanted = true;
  box.open = true;
  field.focus();
}

/** Keeps the key until the tab is closed, and calls back after each change, and if the service wants a key. */
export function watchKey(onChange: () => void): void {
  field.value = kept(NAME);
  box.open = field.value !== "";
  field.addEventListener("input", () => {
    keep(NAME, currentKey());
    onChange();
  });
  void asksForKey().then((asks) => {
    if (!asks) return;
    isWanted = true;
    box.open = true;
    onChange();
  });
}

/** Whether the service's description of itself says how to send a key. */
async function asksForKey(): Promise<boolean> {
  const options = { headers: { accept: "application/json" } };
  const description: unknown = await fetch("./", options)
    .then((response) => response.json())
    .catch(() => undefined);
  return typeof description === "object" && description !== null && "key" in description;
}
