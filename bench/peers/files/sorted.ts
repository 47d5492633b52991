/** Sorts a file of numbers: `sorted.ts INPUT OUTPUT MEBIBYTES`. */
import { sortFiles } from "@sorted/external-sort";

const [input = "", output = "", mebibytes] = process.argv.slice(2);
await sortFiles({ inputs: [input], output, memoryBytes: Number(mebibytes) * 2 ** 20 });
