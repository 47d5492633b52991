import { ANYWHERE, commonHeaders, problemResponses, TURNED_AWAY } from "./responses.ts";
import type { Paths, Response, Responses, Schema, Tag } from "./types.ts";

function status(value: string): Response {
  return {
    description: "Yes.",
    headers: commonHeaders,
    content: {
      "application/json": {
        schema: {
          type: "object",
          properties: { status: { const: value } },
          required: ["status"],
        },
        examples: { [value]: { value: { status: value } } },
      },
    },
  };
}

function operation(tag: Tag, operationId: string, summary: string, responses: Responses): Paths[string] {
  const problems = tag === "Watching" ? ANYWHERE : [...TURNED_AWAY, ...ANYWHERE];
  const needsKey = "401" in responses;
  return {
    get: {
      operationId,
      tags: [tag],
      summary,
      ...(!needsKey && { security: [] }),
      responses: { ...responses, ...problemResponses(problems) },
    },
  };
}

function document(type: string, schema: Schema): Responses {
  return { 200: { description: "The document.", headers: commonHeaders, content: { [type]: { schema } } } };
}

/** The operations other than sorting: documents, and those for machines that watch the service. */
export const otherPaths: Paths = {
  "/healthz": operation("Watching", "isAlive", "Whether the service is alive", { 200: status("alive") }),
  "/readyz": operation("Watching", "isReady", "Whether the service is ready for requests", {
    200: status("ready"),
    ...problemResponses(["NOT_READY"]),
  }),
  "/metrics": operation("Watching", "collectMetrics", "Metrics of the service, for Prometheus", {
    ...document("text/plain", { type: "string" }),
    ...problemResponses(["UNAUTHORIZED"]),
  }),
  "/errors": operation(
    "Documents",
    "explainErrors",
    "What each error means",
    document("text/html", { type: "string" }),
  ),
  "/openapi.json": operation(
    "Documents",
    "describe",
    "This document",
    document("application/json", { type: "object", required: ["openapi"] }),
  ),
  "/docs": operation(
    "Documents",
    "showReference",
    "This document for people",
    document("text/html", { type: "string" }),
  ),
};
