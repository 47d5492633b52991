/** `@sorted/core/kernel`: for programs that put an input into the kernel's memory themselves, and take the answer there. */

export { answerFrom } from "./answer-from.ts";
export type { Grammar } from "./form.ts";
export { Kernel, type KernelMemory, sharedMemory } from "./kernel.ts";
