/** A table in Markdown. The first row is its head. */
export const table = (rows: readonly (readonly string[])[]): string =>
  rows
    .flatMap((cells, i) => [
      cells,
      ...(i === 0 ? [cells.map((_, column) => (column === 0 ? "---" : "--:"))] : []),
    ])
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");

/** A figure with a sensible number of digits: 1234.5 → `1,235`, 27.42 → `27.4`. */
export function figure(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString("en") : value.toFixed(1);
}
