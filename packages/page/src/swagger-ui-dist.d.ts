declare module "swagger-ui-dist/swagger-ui-es-bundle.js" {
  /** Draws the reference; of its options those that are used here. */
  export default function SwaggerUI(options: {
    readonly url: string;
    readonly dom_id: string;
    readonly deepLinking: boolean;
    readonly defaultModelsExpandDepth: number;
    readonly validatorUrl: null;
  }): void;
}
