/** The reference: Swagger UI with the service's own document. Nothing comes from elsewhere. */
import SwaggerUI from "swagger-ui-dist/swagger-ui-es-bundle.js";

// Its dark colours hang on a class.
const dark = matchMedia("(prefers-color-scheme: dark)");
const follow = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", follow);
follow();

SwaggerUI({
  url: "openapi.json",
  dom_id: "#docs",
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  // It would ask a service on the internet whether the document is valid.
  validatorUrl: null,
});
