/** Tables in Markdown, and sums of money in them. */

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [row(head), row(head.map(() => "---")), ...rows.map(row), ""].join("\n");
}

/** USD, to the cent where that matters. */
export function usd(amount: number): string {
  return Math.abs(amount) < 100 ? amount.toFixed(2) : Math.round(amount).toLocaleString("en");
}
