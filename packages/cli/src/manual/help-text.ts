import { type Block, manual } from "./manual.ts";

const COLUMNS = 80;
const INDENT = "       ";

/** The manual as plain text, as `man` would show it. */
export function helpText(): string {
  return manual.map(({ title, blocks }) => `${title}\n${blocks.map(blockText).join("\n")}`).join("\n");
}

function blockText(block: Block): string {
  if (typeof block === "string") return wrap(block, INDENT);
  if ("lines" in block) return block.lines.replaceAll(/^/gm, INDENT).concat("\n");
  return `${INDENT}${block.term}\n${wrap(block.text, INDENT + INDENT)}`;
}

/** Breaks a paragraph into lines, each after an indent. */
function wrap(text: string, indent: string): string {
  const lines: string[] = [];
  let line = indent;
  for (const word of text.split(" ")) {
    if (line !== indent && line.length + 1 + word.length > COLUMNS) {
      lines.push(line);
      line = indent;
    }
    line += line === indent ? word : ` ${word}`;
  }
  return `${[...lines, line].join("\n")}\n`;
}
