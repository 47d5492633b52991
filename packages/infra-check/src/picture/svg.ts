/** Shapes of SVG, one line each, so that a change of the picture reads well as a difference. */

/** A corner and a size, in pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export type Point = readonly [x: number, y: number];

/** A rectangle with round corners. */
export function rectangle(kind: string, { x, y, width, height }: Box, radius = 8): string {
  return `<rect class="${kind}" x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}"/>`;
}

/** Text that starts at the point, or has it as its middle or its end. */
export function label(
  kind: string,
  [x, y]: Point,
  text: string,
  anchor: "start" | "middle" | "end" = "start",
): string {
  return `<text class="${kind}" x="${x}" y="${y}" text-anchor="${anchor}">${escaped(text)}</text>`;
}

/** A box with one or two lines of text in its middle. */
export function node(kind: string, box: Box, title: string, note?: string): readonly string[] {
  const x = box.x + box.width / 2;
  const y = box.y + box.height / 2;
  return [
    rectangle(kind, box),
    label("name", [x, note === undefined ? y + 5 : y - 3], title, "middle"),
    ...(note === undefined ? [] : [label("note", [x, y + 14], note, "middle")]),
  ];
}

/** A line along the points, with a head at its end. */
export function arrow(kind: "in" | "out", points: readonly Point[]): string {
  return line(kind, points, ` marker-end="url(#${kind})"`);
}

/** A line along the points. */
export function line(kind: string, points: readonly Point[], more = ""): string {
  return `<polyline class="${kind}" points="${points.map((point) => point.join(",")).join(" ")}"${more}/>`;
}

interface Palette {
  readonly paper: string;
  readonly ink: string;
  readonly soft: string;
  readonly edge: string;
  readonly public: string;
  readonly private: string;
  readonly in: string;
  readonly out: string;
}

const light: Palette = {
  paper: "#ffffff",
  ink: "#1f2328",
  soft: "#59636e",
  edge: "#aeb7c0",
  public: "#eaf5ff",
  private: "#f4f6f8",
  in: "#0969da",
  out: "#1a7f37",
};

const dark: Palette = {
  paper: "#0d1117",
  ink: "#e6edf3",
  soft: "#9198a1",
  edge: "#4a525c",
  public: "#11213a",
  private: "#1a2029",
  in: "#58a6ff",
  out: "#3fb950",
};

/** Without CSS variables, which not every viewer of SVG knows. */
function colours(palette: Palette): string {
  return [
    `text { fill: ${palette.ink} }`,
    `.note { fill: ${palette.soft} }`,
    `.paper, .card, .inCard, .outCard { fill: ${palette.paper} }`,
    `.public { fill: ${palette.public} }`,
    `.private { fill: ${palette.private} }`,
    `.network { stroke: ${palette.ink} }`,
    `.zone, .public, .private, .card { stroke: ${palette.edge} }`,
    `.in, .inCard { stroke: ${palette.in} }`,
    `.out, .outCard { stroke: ${palette.out} }`,
    `.inHead, .inText { fill: ${palette.in} }`,
    `.outHead, .outText { fill: ${palette.out} }`,
  ].join("\n");
}

const shapesAndFonts = `text { font-family: system-ui, "Segoe UI", Helvetica, Arial, "DejaVu Sans", sans-serif; font-size: 12px }
.title { font-size: 14px; font-weight: 600 }
.name { font-size: 13px; font-weight: 600 }
.inText, .outText { font-weight: 600 }
.network, .zone, .in, .out { fill: none }
.zone { stroke-dasharray: 5 4 }
.network, .in, .out, .inCard, .outCard { stroke-width: 1.5 }`;

/** For light and dark surroundings; the picture brings its own background, so that it is read on any page. */
const style = `
${shapesAndFonts}
${colours(light)}
@media (prefers-color-scheme: dark) {
${colours(dark)}
}`;

function head(kind: "in" | "out"): string {
  return `<marker id="${kind}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path class="${kind}Head" d="M0,0 L10,5 L0,10 z"/></marker>`;
}

/** The whole document. */
export function document(
  size: Pick<Box, "width" | "height">,
  words: { readonly title: string; readonly description: string },
  shapes: readonly string[],
): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" width="${size.width}" height="${size.height}" role="img" aria-labelledby="title description">`,
    `<title id="title">${escaped(words.title)}</title>`,
    `<desc id="description">${escaped(words.description)}</desc>`,
    `<style>${style}\n</style>`,
    `<defs>${head("in")}${head("out")}</defs>`,
    rectangle("paper", { x: 0, y: 0, ...size }, 12),
    ...shapes,
    "</svg>",
    "",
  ].join("\n");
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
