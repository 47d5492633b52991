import { type Call, KEY_VARIABLE } from "./call.ts";

/** The request in JavaScript, as a module for Node. */
export function fetchCode({ url, contentType, accept, body, needsKey }: Call): string {
  const isJson = accept === "application/json";
  const losesDigits = isJson && !url.includes("numbers=string");
  return [
    ...("file" in body ? ['import { readFile } from "node:fs/promises";', ""] : []),
    `const response = await fetch(${JSON.stringify(url)}, {`,
    '  method: "POST",',
    "  headers: {",
    `    "Content-Type": "${contentType}",`,
    `    Accept: "${accept}",`,
    ...(needsKey ? [`    Authorization: \`Bearer \${process.env.${KEY_VARIABLE}}\`,`] : []),
    "  },",
    `  body: ${"text" in body ? JSON.stringify(body.text) : `await readFile(${JSON.stringify(body.file)})`},`,
    "});",
    "if (!response.ok) throw new Error((await response.json()).detail);",
    ...(losesDigits
      ? ["// JSON.parse rounds numbers to doubles. Ask for numbers as strings to keep every digit."]
      : []),
    isJson ? "const { sorted } = await response.json();" : "const sorted = await response.text();",
    "console.log(sorted);",
  ].join("\n");
}
