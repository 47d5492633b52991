/** The reference: Swagger UI with the service's own document. It loads nothing from other places. */
import SwaggerUI from "swagger-ui-dist/swagger-ui-es-bundle.js";

// Swagger UI has dark colours only with this class.
const dark = matchMedia("(prefers-color-scheme: dark)");
const follow = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", follow);
follow();

SwaggerUI({
  url: "openapi.json",
  dom_id: "#docs",
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  // Otherwise it would ask a service on the internet whether the document is valid.
  validatorUrl: null,
});
