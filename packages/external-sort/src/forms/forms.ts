import type { InputForm } from "../options.ts";
import type { Form } from "./form.ts";
import { jsonForm } from "./json.ts";
import { textForm } from "./text.ts";

/** How each form of input is read. */
export const FORMS: { readonly [form in InputForm]: Form } = {
  text: textForm,
  csv: textForm,
  json: jsonForm,
  "json-lines": jsonForm,
};
