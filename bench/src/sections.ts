import { besideSection } from "./beside.ts";
import { featuresSection } from "./features.ts";
import { filesSection } from "./files.ts";
import { librarySection } from "./library/library-section.ts";
import { memorySection } from "./memory.ts";
import { overloadSection } from "./overload.ts";
import { peersSection } from "./peers-section.ts";
import type { Section } from "./section.ts";
import { shapesSection } from "./shapes.ts";
import { startSection } from "./start/start-section.ts";

/** The sections that `pnpm bench` measures, in the order of the page, by their names on the command line. */
export const sections: { readonly [name: string]: Section<unknown> } = {
  peers: peersSection,
  shapes: shapesSection,
  features: featuresSection,
  overload: overloadSection,
  beside: besideSection,
  memory: memorySection,
  start: startSection,
  files: filesSection,
  library: librarySection,
};
