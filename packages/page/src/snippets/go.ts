import { type Call, KEY_VARIABLE } from "./call.ts";

/** The request as a Go program, which prints the answer unchanged. */
export function go({ url, contentType, accept, body, needsKey }: Call): string {
  const needsOs = needsKey || "file" in body;
  return [
    "package main",
    "",
    "import (",
    '\t"fmt"',
    '\t"io"',
    '\t"log"',
    '\t"net/http"',
    ...(needsOs ? ['\t"os"'] : []),
    ...("text" in body ? ['\t"strings"'] : []),
    ")",
    "",
    "func main() {",
    ...("text" in body
      ? [`\tbody := strings.NewReader(${JSON.stringify(body.text)})`]
      : [
          `\tbody, err := os.Open(${JSON.stringify(body.file)})`,
          "\tif err != nil {",
          "\t\tlog.Fatal(err)",
          "\t}",
        ]),
    `\trequest, err := http.NewRequest("POST", ${JSON.stringify(url)}, body)`,
    "\tif err != nil {",
    "\t\tlog.Fatal(err)",
    "\t}",
    `\trequest.Header.Set("Content-Type", "${contentType}")`,
    `\trequest.Header.Set("Accept", "${accept}")`,
    ...(needsKey ? [`\trequest.Header.Set("Authorization", "Bearer "+os.Getenv("${KEY_VARIABLE}"))`] : []),
    "\tresponse, err := http.DefaultClient.Do(request)",
    "\tif err != nil {",
    "\t\tlog.Fatal(err)",
    "\t}",
    "\tdefer response.Body.Close()",
    "\tanswer, err := io.ReadAll(response.Body)",
    "\tif err != nil {",
    "\t\tlog.Fatal(err)",
    "\t}",
    "\tif response.StatusCode != http.StatusOK {",
    "\t\tlog.Fatal(string(answer))",
    "\t}",
    "\tfmt.Println(string(answer))",
    "}",
  ].join("\n");
}
