/** What counts as explained, and what as outdated: both too much and too little of an excuse would hide something. */
import { test } from "tap";
import { type Finding, labelOf, outdated, unexplained } from "../../src/scan/finding.ts";

const open: Finding = { check: "C1", says: "Doors are shut", resource: "Door front", configuration: "least" };
const accepted = { check: "C1", says: "Doors are shut", resources: ["Door front"], reason: "Guests come." };
const line = "C1 Doors are shut: Door front in least";

test("a resource is called by its kind and its name", async (t) => {
  t.equal(labelOf({ type: "aws:lb/loadBalancer:LoadBalancer", name: "sorted" }), "LoadBalancer sorted");
  t.equal(labelOf({ type: "azure-native:network:Subnet", name: "sorted" }), "Subnet sorted");
});

test("a finding needs a reason", async (t) => {
  t.strictSame(unexplained([open], []), [line]);
  t.strictSame(unexplained([open], [accepted]), []);
});

test("a reason is for its own check, words, resources and configurations only", async (t) => {
  for (const other of [
    { check: "C2" },
    { says: "Doors are locked" },
    { resources: ["Door back"] },
    { only: ["production"] },
  ])
    t.strictSame(unexplained([open], [{ ...accepted, ...other }]), [line]);
  t.strictSame(unexplained([open], [{ ...accepted, only: ["production", "least"] }]), []);
});

test("a reason without a finding is outdated", async (t) => {
  t.strictSame(outdated([open], [accepted]), []);
  t.strictSame(outdated([], [accepted]), ["C1 Doors are shut: Door front"]);
});

test("a reason is outdated where one of its resources or configurations has no finding any more", async (t) => {
  const more = { ...accepted, resources: ["Door front", "Door back"], only: ["least", "production"] };
  t.strictSame(outdated([open], [more]), ["C1 Doors are shut: Door back", "C1 Doors are shut: production"]);
});
