import { SortedError } from "@sorted/core";
import { checkForm, type FormOptions, formOf } from "@sorted/core/kernel";
import { FileSortError, InputError } from "../errors.ts";
import type { InputForm } from "../options.ts";
import type { Form } from "./form.ts";
import { jsonForm } from "./json.ts";
import { jsonLinesForm } from "./json-lines.ts";
import { tableForm } from "./table.ts";
import { textForm } from "./text.ts";

export const INPUT_FORMS: readonly InputForm[] = ["text", "csv", "tsv", "json", "json-lines"];

/**
 * How to read and cut an input.
 *
 * @param name the input's name in errors
 * @param content its beginning, which decides whether a text is read as JSON
 * @param isAll whether that is the whole input
 * @throws {FileSortError} BAD_OPTION, for a list as numpy prints it that does not fit into memory
 * @throws {InputError} BAD_OPTION, if a text is read as JSON, which takes other options
 */
export function formFor(
  form: InputForm,
  options: FormOptions,
  name: string,
  content: Buffer,
  isAll: boolean,
): Form {
  const found = formOf(form, content);
  checked(name, found, options);
  if (found === "json") return jsonForm(options);
  if (found === "json-lines") return jsonLinesForm(options);
  if (found === "list") {
    if (isAll) return wholeForm(form, options);
    throw new FileSortError(
      "BAD_OPTION",
      'the option "form" is "text", and this input begins as a list that numpy or MATLAB has printed: such a list must fit into memory; JSON needs form "json"',
    );
  }
  return options.column === undefined ? textForm(found, options) : tableForm(found, options, content);
}

/** @throws {InputError} BAD_OPTION */
function checked(name: string, form: InputForm | "list", options: FormOptions): void {
  try {
    checkForm(form, options);
  } catch (error) {
    throw error instanceof SortedError ? new InputError(name, error) : error;
  }
}

/** A form that is never cut. */
function wholeForm(grammar: InputForm, options: FormOptions): Form {
  const form = { grammar, ...options };
  return { first: form, later: form, cut: () => undefined };
}
