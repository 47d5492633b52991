/** The program, where what it asks of Azure itself reaches the stand-in. */
import "./azure.ts";

export * from "../../index.ts";
