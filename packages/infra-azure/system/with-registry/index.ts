/** The program, where a stand-in answers the login that the program itself asks a registry in Azure for. */
import "./registry.ts";

export * from "../../index.ts";
