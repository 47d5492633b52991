/** `@sorted/core/kernel`: for programs that put an input into the kernel's memory themselves, and take the answer there. */

export { answerFrom } from "./answer-from.ts";
export { checkForm, type FormOptions, type Grammar } from "./form.ts";
export { ENCODED_LAYOUTS } from "./format.ts";
export { KernelInstance } from "./kernel-instance.ts";
export { type KernelMemory, sharedMemory } from "./kernel-module.ts";
export { checkOptions } from "./options.ts";
export { maxOrderKeyBytes, writeOrderKey } from "./order-key.ts";
export { literalsOf } from "./reference.ts";
export { type Form, formOf } from "./text-form.ts";
