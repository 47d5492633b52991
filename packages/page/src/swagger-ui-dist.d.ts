declare module "swagger-ui-dist/swagger-ui-es-bundle.js" {
  /** Draws the reference. These are the options that the page uses. */
  export default function SwaggerUI(options: {
    readonly spec: object;
    readonly dom_id: string;
    readonly deepLinking: boolean;
    readonly defaultModelsExpandDepth: number;
    readonly validatorUrl: null;
  }): void;
}
