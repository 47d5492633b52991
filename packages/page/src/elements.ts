type ElementClass<E extends Element> = new () => E;

/** The element of the page with an id, which must be of this class. */
export function byId<E extends Element>(id: string, type: ElementClass<E>): E {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new Error(`the page has no ${type.name} "${id}"`);
  return found;
}

/** All elements of a class that a selector matches. */
export function all<E extends Element>(selector: string, type: ElementClass<E>): E[] {
  return Array.from(document.querySelectorAll(selector)).filter((one): one is E => one instanceof type);
}

/** A new element of HTML with these attributes and contents. */
export function html<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: { readonly [name: string]: string },
  ...contents: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...contents);
  return element;
}

/** The same for SVG. */
export function svg<Name extends keyof SVGElementTagNameMap>(
  name: Name,
  attributes: { readonly [name: string]: string | number },
  ...contents: (Node | string)[]
): SVGElementTagNameMap[Name] {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  element.append(...contents);
  return element;
}

const FORMAT = new Intl.NumberFormat("en");

/** A count with a separator between thousands, such as 1,000,000. */
export function grouped(count: number): string {
  return FORMAT.format(count);
}
