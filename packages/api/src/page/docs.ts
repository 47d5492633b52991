/** The reference: Swagger UI with the service's own document. Nothing comes from elsewhere. */
import SwaggerUI from "swagger-ui-dist/swagger-ui-es-bundle.js";

SwaggerUI({
  url: "/openapi.json",
  dom_id: "#docs",
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  // It would ask a service on the internet whether the document is valid.
  validatorUrl: null,
});
