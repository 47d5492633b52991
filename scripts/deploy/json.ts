/** The properties of a JSON object; none where it is something else. */
export function parse(text: string): { readonly [name: string]: unknown } {
  const value: unknown = JSON.parse(text);
  return typeof value === "object" && value !== null ? { ...value } : {};
}
