/** Shows that a change of records that meets none is an error: a test that changes nothing would show nothing. */
import { test } from "tap";
import { declared } from "../../src/aws/cloud.ts";
import { changed, selected, without } from "../../src/recorder/declared.ts";

const type = "aws:ec2/eip:Eip";
const records = [declared(type, "one", { domain: "vpc" }), declared(type, "two", { domain: "vpc" })];

test("all of a type, or one by name", async (t) => {
  const domains = (list: readonly { inputs: { readonly [name: string]: unknown } }[]) =>
    list.map(({ inputs }) => inputs["domain"]);
  t.strictSame(domains(changed(records, { type }, { domain: "other" })), ["other", "other"]);
  t.strictSame(domains(changed(records, { type, name: "two" }, { domain: "other" })), ["vpc", "other"]);
  t.strictSame(
    without(records, { type, name: "one" }).map(({ name }) => name),
    ["two"],
  );
  t.equal(selected(records, { type, name: "two" }).id, "two-id");
});

test("none is an error", async (t) => {
  t.throws(() => changed(records, { type, name: "three" }, {}), /No record is a aws:ec2\/eip:Eip three/);
  t.throws(() => without(records, { type: "other" }), /No record is a other/);
});
