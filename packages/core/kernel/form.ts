/** How the input is read. The host numbers the forms alike: `src/kernel-instance.ts`. */
export const JSON_DOCUMENT: u32 = 0;
export const JSON_LINES: u32 = 1;
export const TEXT: u32 = 2;
export const LIST: u32 = 3;
export const CSV: u32 = 4;
export const TSV: u32 = 5;

/** Of text and CSV: whether the decimal sign is a comma, line 1 is skipped, and empty fields are. */
export let hasDecimalComma: bool = false;
export let hasHeader: bool = false;
export let skipsEmpty: bool = false;

export function setForm(decimalComma: bool, header: bool, empty: bool): void {
  hasDecimalComma = decimalComma;
  hasHeader = header;
  skipsEmpty = empty;
}
