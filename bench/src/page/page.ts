import { join } from "node:path";
import { loads } from "../loads.ts";
import type { Section } from "../section.ts";
import { sections } from "../sections.ts";
import { goalsTable } from "./goals.ts";
import type { Measurement, Measurements } from "./measurements.ts";

/** The path of the page. */
export const PAGE_FILE = join(import.meta.dirname, "../../../docs/performance.md");

const INTRODUCTION = `# Performance

Made by \`pnpm bench\`. Every figure is a median of one run, which each section names. Servers run on one core and the
load on another, unless a section says otherwise; peers take turns in each round. The service is exact; its peers are
idiomatic, check their input, and compute with doubles. The benchmark takes Linux, two cores, \`wrk\` and \`taskset\`; a peer
whose tools (cargo, go, python3) are missing is left out. [The log](performance-log.md) says what was tried.
`;

/** The page `docs/performance.md`: the goals, then the tables of each measured section. */
export function performancePage(measurements: Measurements): string {
  const measured = Object.entries(sections).flatMap(([name, section]) => {
    const measurement = measurements[name];
    return measurement === undefined ? [] : [{ section, measurement }];
  });
  const goals = measured.flatMap(({ section, measurement }) => section.goals?.(measurement.result) ?? []);
  return [
    INTRODUCTION,
    `## Goals\n\n${goalsTable(goals)}\n`,
    `## Loads\n\n${loadList()}\n`,
    ...measured.map(({ section, measurement }) => sectionText(section, measurement)),
  ].join("\n");
}

function loadList(): string {
  return Object.entries(loads)
    .map(([name, { title, connections }]) => `- **${name}**: ${title}, ${connections} connections`)
    .join("\n");
}

function sectionText(section: Section<unknown>, { circumstances, result }: Measurement): string {
  const { date, processor, node } = circumstances;
  return `## ${section.title}\n\n${section.toMarkdown(result, circumstances)}\n\nMeasured on ${date}: ${processor}, Node ${node}.\n`;
}
