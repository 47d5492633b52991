import { type Exchange, exchanges } from "../src/openapi/exchanges.ts";

/**
 * The examples of the OpenAPI document as a collection of Postman's, each with a test of its answer. A request that is
 * imported from the document shows one form only.
 *
 * @see https://schema.postman.com/collection/json/v2.1.0/draft-07/docs/index.html
 */
export function postmanCollection(): string {
  const collection = {
    info: {
      name: "Sorted",
      description:
        "Set the variable `baseUrl` to the address of a service and, if it asks for a key, `apiKey` to yours.",
      schema: "https://schema.getpostman.com/json/collection/v2.1.0/collection.json",
    },
    variable: [
      { key: "baseUrl", value: "http://localhost:3000" },
      { key: "apiKey", value: "" },
    ],
    auth: { type: "bearer", bearer: [{ key: "token", value: "{{apiKey}}", type: "string" }] },
    item: Object.values<Exchange>(exchanges).map(itemOf),
  };
  return `${JSON.stringify(collection, null, 2)}\n`;
}

function itemOf({ summary, request, answer }: Exchange) {
  const { method, path, headers = {}, body } = request;
  return {
    name: summary,
    request: {
      method,
      url: `{{baseUrl}}${path}`,
      header: Object.entries(headers).map(([key, value]) => ({ key, value })),
      ...(body !== undefined && { body: { mode: "raw", raw: String(body) } }),
    },
    event: [
      {
        listen: "test",
        script: {
          type: "text/javascript",
          exec: [
            `pm.test("the numbers are in order", () => {`,
            `  pm.expect(pm.response.text()).to.equal(${JSON.stringify(answer)});`,
            "});",
          ],
        },
      },
    ],
  };
}
