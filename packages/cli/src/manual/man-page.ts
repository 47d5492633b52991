import { type Block, manual } from "./manual.ts";

/** The manual for `man`, in the macros of man(7). */
export function manPage(): string {
  const sections = manual.map(({ title, blocks }) => `.SH ${title}\n${blocks.map(blockSource).join("")}`);
  return `.\\" Made from the source of the command by \`pnpm documents\`.\n.TH SORTED 1\n.nh\n.ad l\n${sections.join("")}`;
}

function blockSource(block: Block): string {
  if (typeof block === "string") return `.PP\n${escaped(block)}\n`;
  if ("lines" in block) return `.nf\n${escaped(block.lines)}\n.fi\n`;
  return `.TP\n\\fB${escaped(block.term)}\\fR\n${escaped(block.text)}\n`;
}

/** Hyphens that can be copied, and no line that is taken for a macro. */
function escaped(text: string): string {
  return text
    .replaceAll("\\", "\\e")
    .replaceAll("-", "\\-")
    .replaceAll(/^([.'])/gm, "\\&$1");
}
