/** AWS's older protocol: questions are forms with dotted names, answers XML. */

/** Nested text; a list is `member` with its items by number, as forms have it. */
export interface Tree {
  readonly [name: string]: Tree | string;
}

/**
 * The part of a form under a name.
 *
 * @example
 * treeOf(new URLSearchParams("A.B.member.1=x&C=y"), "A") // { B: { member: { 1: "x" } } }
 */
export function treeOf(form: URLSearchParams, name: string): Tree {
  interface Growing {
    [name: string]: Growing | string;
  }
  const root: Growing = {};
  for (const [path, value] of form) {
    const [first, ...steps] = path.split(".");
    const last = steps.pop();
    if (first !== name || last === undefined) continue;
    let at = root;
    for (const step of steps) {
      const next = at[step];
      const child: Growing = typeof next === "object" ? next : {};
      at[step] = child;
      at = child;
    }
    at[last] = value;
  }
  return root;
}

/** The same as XML. */
export function xml(tree: Tree): string {
  return Object.entries(tree)
    .map(([name, value]) => {
      if (typeof value === "string") return `<${name}>${escaped(value)}</${name}>`;
      if (name !== "member") return `<${name}>${xml(value)}</${name}>`;
      return Object.values(value)
        .map((item) => xml({ item }))
        .join("")
        .replaceAll(/<(\/?)item>/g, "<$1member>");
    })
    .join("");
}

/** A list as a tree. */
export function members(items: readonly (Tree | string)[]): Tree {
  return { member: Object.fromEntries(items.map((item, index) => [index + 1, item])) };
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
