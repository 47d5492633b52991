import { byId, html } from "./elements.ts";
import { inputType } from "./form.ts";
import { currentInput } from "./input-box.ts";
import { nameOf, type Table, tableOf } from "./table.ts";

const question = byId("column-question", HTMLElement);
const column = byId("column", HTMLSelectElement);
const header = byId("header", HTMLInputElement);
const MOST_CHARACTERS = 30;

/** What the question was last asked about: while that stays, so does what the user has chosen. */
let asked = "";

/** If the input is a table, asks which column to read. Proposes headings, and the only column of numbers. */
export function askForColumn(): void {
  const type = inputType();
  const table = tableOf(currentInput().sample, type);
  const shape = table === undefined ? "" : `${type} ${table.columns.length} ${table.hasHeadings}`;
  if (shape !== asked) {
    asked = shape;
    header.checked = table?.hasHeadings ?? false;
    column.replaceChildren();
  }
  const isTable = table !== undefined && table.columns.length > 1;
  question.hidden = !isTable;
  // What is disabled is neither required nor sent.
  column.disabled = !isTable;
  if (isTable) showChoices(table);
}

function showChoices(table: Table): void {
  const numeric = table.columns.filter(({ isNumeric }) => isNumeric);
  const [only] = numeric.length === 1 ? numeric : [];
  const position = column.options.length > 0 ? column.selectedIndex : (only?.position ?? 0);
  const areAllNumeric = numeric.length === table.columns.length;
  column.required = !areAllNumeric;
  column.replaceChildren(
    html("option", { value: "" }, areAllNumeric ? "all of them" : "choose one"),
    ...table.columns.map((one) => {
      const name = nameOf(one, table, header.checked);
      const label = name === String(one.position) ? `column ${name}` : short(name);
      return html(
        "option",
        { value: name },
        one.example === "" ? label : `${label}: ${short(one.example)}, …`,
      );
    }),
  );
  column.selectedIndex = position;
}

function short(text: string): string {
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
}
