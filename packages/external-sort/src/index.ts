export { checkSorted } from "./check-sorted.ts";
export { FileSortError, type FileSortErrorCode, InputError, NotSortedError } from "./errors.ts";
export { mergeSorted } from "./merge-sorted.ts";
export type {
  CheckSortedOptions,
  CheckSortedResult,
  Compression,
  Disorder,
  Input,
  InputForm,
  Output,
  Progress,
  ReadFilesOptions,
  SortFilesOptions,
  SortFilesResult,
  Statistics,
  StreamInput,
  StreamOutput,
} from "./options.ts";
export { sortFiles } from "./sort-files.ts";
export type { Sink, Source } from "./store/store.ts";
