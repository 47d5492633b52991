import { type Call, KEY_VARIABLE } from "./call.ts";

/** The request for Windows PowerShell 5.1 and newer. `Invoke-RestMethod` would round the numbers. */
export function powershell({ url, contentType, accept, body, needsKey }: Call): string {
  const headers = [
    `Accept = ${quoted(accept)}`,
    ...(needsKey ? [`Authorization = "Bearer $env:${KEY_VARIABLE}"`] : []),
  ];
  return [
    "$answer = Invoke-WebRequest -UseBasicParsing -Method Post `",
    `  -Uri ${quoted(url)} \``,
    `  -ContentType '${contentType}; charset=utf-8' \``,
    `  -Headers @{ ${headers.join("; ")} } \``,
    "text" in body ? `  -Body ${quoted(body.text)}` : `  -InFile ${quoted(body.file)}`,
    "$answer.Content",
  ].join("\n");
}

function quoted(text: string): string {
  // PowerShell takes the typographic quotation marks for the same.
  return `'${text.replaceAll(/['‘’‚‛]/g, "$&$&")}'`;
}
