import { type Call, KEY_VARIABLE } from "./call.ts";

/** The request in Python, with its standard library. */
export function python({ url, contentType, accept, body, needsKey }: Call): string {
  const isJson = accept === "application/json";
  return [
    ...(isJson ? ["import json"] : []),
    ...(needsKey ? ["import os"] : []),
    "import urllib.request",
    ...(isJson ? ["from decimal import Decimal"] : []),
    "",
    "request = urllib.request.Request(",
    `    ${JSON.stringify(url)},`,
    `    data=${"text" in body ? `${JSON.stringify(body.text)}.encode()` : `open(${JSON.stringify(body.file)}, "rb").read()`},`,
    "    headers={",
    `        "Content-Type": "${contentType}",`,
    `        "Accept": "${accept}",`,
    ...(needsKey ? [`        "Authorization": "Bearer " + os.environ["${KEY_VARIABLE}"],`] : []),
    "    },",
    ")",
    "with urllib.request.urlopen(request) as response:",
    isJson
      ? '    print(json.load(response, parse_float=Decimal)["sorted"])'
      : "    print(response.read().decode())",
  ].join("\n");
}
