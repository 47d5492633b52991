/** The reference: Swagger UI with the service's own document. It loads nothing from other places. */
import SwaggerUI from "swagger-ui-dist/swagger-ui-es-bundle.js";

// Swagger UI has dark colours only with this class.
const dark = matchMedia("(prefers-color-scheme: dark)");
const follow = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", follow);
follow();

const response = await fetch("openapi.json");
const description: object = JSON.parse(await response.text(), (_name, value) => withoutList(value));

SwaggerUI({
  // The document has the address that the service sees. Behind a path prefix only the browser knows the whole one.
  spec: { ...description, servers: [{ url: new URL(".", location.href).href }] },
  dom_id: "#docs",
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  // Otherwise it would ask a service on the internet whether the document is valid.
  validatorUrl: null,
});

/**
 * The schema of an option that may be left out, without the empty list that stands for that: Swagger UI would ask for the
 * items of a list.
 */
function withoutList(schema: { readonly anyOf?: readonly { readonly maxItems?: number }[] } | null): unknown {
  return schema?.anyOf?.[0]?.maxItems === 0 ? schema.anyOf[1] : schema;
}
