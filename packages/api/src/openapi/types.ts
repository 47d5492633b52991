/** A schema of JSON Schema 2020-12. */
export interface Schema {
  readonly [keyword: string]: unknown;
}

/** The parts of OpenAPI 3.1 objects that the document uses. */
interface Example {
  readonly summary?: string;
  readonly value: unknown;
}

export interface Examples {
  readonly [name: string]: Example;
}

interface Content {
  readonly [type: string]: { readonly schema: Schema; readonly examples?: Examples };
}

export interface Headers {
  readonly [name: string]: { readonly description: string; readonly schema: Schema };
}

export interface Response {
  readonly description: string;
  readonly headers: Headers;
  readonly content: Content;
}

export interface Responses {
  readonly [status: string]: Response;
}

export interface Parameter {
  readonly name: string;
  readonly in: "query";
  readonly description: string;
  readonly style?: "form";
  readonly explode?: boolean;
  readonly schema: Schema;
  readonly examples?: Examples;
}

/** The groups of operations. */
export type Tag = "Numbers" | "Watching" | "Documents";

export interface Operation {
  readonly operationId: string;
  readonly tags: readonly [Tag];
  readonly summary: string;
  readonly description?: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly required: boolean; readonly content: Content };
  /** Empty where a service with keys asks for none. */
  readonly security?: readonly [];
  readonly responses: Responses;
}

export interface Paths {
  readonly [path: string]: { readonly [method in "get" | "post"]?: Operation };
}
