/**
 * Who can call a container app of Azure. Without a network of its own an environment is reached by the address that Azure
 * gives it, and each app says to whom it answers there.
 */
import type { RecordedResource } from "../recorder/monitor.ts";
import { nested, objects, ofType, type Records, text, UntranslatableError } from "../recorder/records.ts";
import { CONTAINER_APP } from "./types/tokens.ts";

/** Every way to call an app, in the order of the alphabet: `HTTPS 443: anyone > app sorted`. */
export function azureCallers(records: Records): readonly string[] {
  return ofType(records, CONTAINER_APP).flatMap(waysTo).toSorted();
}

function waysTo(app: RecordedResource): readonly string[] {
  const ingress = nested(nested(app.inputs["configuration"])["ingress"]);
  const who = ingress["external"] === true ? callers(app) : ["other apps of the environment"];
  if (Object.keys(ingress).length === 0) return [];
  return who.flatMap((caller) => [
    `HTTPS 443: ${caller} > app ${app.name}`,
    `HTTP 80: ${caller} > ${ingress["allowInsecure"] === true ? `app ${app.name}` : "redirect to HTTPS"}`,
  ]);
}

/** With rules that allow only those ranges; with rules that deny, what is left is not said here. */
function callers(app: RecordedResource): readonly string[] {
  const ingress = nested(nested(app.inputs["configuration"])["ingress"]);
  const rules = objects(app, "ipSecurityRestrictions", ingress);
  if (rules.some(({ action }) => action !== "Allow")) {
    throw new UntranslatableError(app, "a restriction that does not allow");
  }
  return rules.length === 0 ? ["anyone"] : rules.map((rule) => String(text(app, "ipAddressRange", rule)));
}
