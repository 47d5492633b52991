/** The program, with a fake answer to the login that it asks a registry in Azure for. */
import "./registry.ts";

export * from "../../index.ts";
