/** The properties of a JSON object; none for any other value. */
export function parse(text: string): { readonly [name: string]: unknown } {
  const value: unknown = JSON.parse(text);
  return typeof value === "object" && value !== null ? { ...value } : {};
}
