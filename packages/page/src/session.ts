/** What outlives a reload, in this tab of the browser only. A browser may refuse to keep anything. */

/** Keeps a text under a name; an empty one is removed. */
export function keep(name: string, text: string): void {
  try {
    if (text === "") sessionStorage.removeItem(name);
    else sessionStorage.setItem(name, text);
  } catch {
    // The page works without, until it is left.
  }
}

/** The text that was kept under a name; empty if there is none. */
export function kept(name: string): string {
  try {
    return sessionStorage.getItem(name) ?? "";
  } catch {
    return "";
  }
}
