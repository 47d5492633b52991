/** The kernel as WebAssembly: its compiled code, its memory, and what it exports. */
import { sharedWasm, wasm } from "./kernel-wasm.ts";

/** The memory of a kernel instance: `WebAssembly.Memory`, whose type TypeScript knows only in a browser. */
export interface KernelMemory {
  readonly buffer: ArrayBuffer | SharedArrayBuffer;
  grow(pages: number): number;
}

/** What the kernel exports; `kernel/kernel.ts` documents it. */
export interface KernelExports {
  source(): number;
  sort(
    length: number,
    form: number,
    hasDecimalComma: boolean,
    hasHeader: boolean,
    skipsEmpty: boolean,
    isDescending: boolean,
    isUnique: boolean,
    limit: number,
    maxDepth: number,
    maxNumbers: number,
  ): number;
  write(separator: number, separatorBytes: number): boolean;
  answerStart(): number;
  answerEnd(): number;
  usedBytes(): number;
  setSumming(isSumming: boolean): void;
  checksumIn(): bigint;
  checksumOut(separator: number, separatorBytes: number): bigint;
  numbersRead(): number;
  lineEnds(length: number): number;
  check(
    length: number,
    form: number,
    hasDecimalComma: boolean,
    hasHeader: boolean,
    skipsEmpty: boolean,
    isDescending: boolean,
    isUnique: boolean,
    maxDepth: number,
    maxNumbers: number,
  ): number;
  literalStart(index: number): number;
  literalBytes(index: number): number;
}

type Module = object;

declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => Module;
  readonly Instance: new (
    module: Module,
    imports: { readonly env: { readonly memory: KernelMemory } },
  ) => { readonly exports: KernelExports };
  readonly Memory: new (limits: {
    readonly initial: number;
    readonly maximum: number;
    readonly shared: boolean;
  }) => KernelMemory;
};

/** The unit in which memory grows. */
export const PAGE_BYTES = 2 ** 16;
const INITIAL_PAGES = 32;
const MOST_PAGES = 2 ** 16;

/** Memory for an instance that one thread uses. */
export function ownMemory(): KernelMemory {
  return newMemory(false);
}

/** Memory for an instance whose input or answer another thread reads. A message can carry it to that thread. */
export function sharedMemory(): KernelMemory {
  return newMemory(true);
}

function newMemory(shared: boolean): KernelMemory {
  return new WebAssembly.Memory({ initial: INITIAL_PAGES, maximum: MOST_PAGES, shared });
}

/**
 * Starts the kernel in memory of either kind. Its code is compiled once for each kind.
 *
 * @throws if WebAssembly or its SIMD is missing
 */
export function instantiate(memory: KernelMemory, isShared: boolean): KernelExports {
  return new WebAssembly.Instance(isShared ? sharedModule() : ownModule(), { env: { memory } }).exports;
}

let ownCode: Module | undefined;
let sharedCode: Module | undefined;

function ownModule(): Module {
  ownCode ??= new WebAssembly.Module(fromBase64(wasm));
  return ownCode;
}

function sharedModule(): Module {
  sharedCode ??= new WebAssembly.Module(fromBase64(sharedWasm));
  return sharedCode;
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text);
  // A loop takes a third of the time of `Uint8Array.from`.
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i += 1) bytes[i] = binary.charCodeAt(i);
  return bytes;
}
