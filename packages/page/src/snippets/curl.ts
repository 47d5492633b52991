import { type Call, KEY_VARIABLE } from "./call.ts";

/** The request for a shell. */
export function curl({ url, contentType, accept, body, needsKey }: Call): string {
  return [
    `curl ${quoted(url)}`,
    `--header 'Content-Type: ${contentType}'`,
    ...(accept === "application/json" ? [] : [`--header 'Accept: ${accept}'`]),
    ...(needsKey ? [`--header "Authorization: Bearer $${KEY_VARIABLE}"`] : []),
    "text" in body ? `--data-raw ${quoted(body.text)}` : `--data-binary ${quoted(`@${body.file}`)}`,
  ].join(" \\\n  ");
}

function quoted(text: string): string {
  return /^[\w./:@-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
