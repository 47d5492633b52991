import { test } from "tap";
import { findingsPage, rulesPage, settingsTable, withParts } from "../src/documents.ts";

test("a part of a document is put between its marks, again and again", async (t) => {
  const document = "before\n<!-- list: made -->\nold\n<!-- end of list -->\nafter\n";
  const changed = withParts(document, { list: "$1 new" });
  t.equal(changed, "before\n<!-- list: made -->\n\n$1 new\n<!-- end of list -->\nafter\n");
  t.equal(withParts(changed, { list: "$1 new" }), changed);
  t.throws(() => withParts(document, { table: "" }), { message: "The document has no part table" });
});

test("settings become a table, with their defaults as Pulumi writes them, and their scopes", async (t) => {
  const project = `
config:
  key: { type: string, description: Needed. }
  zones: { type: integer, default: 2, description: How many. }
  ranges: { type: array, default: [0.0.0.0/0], description: Who. }
  name: { type: string, default: "", description: A name. }
  kind: { type: string, default: small, description: A kind. }
`;
  t.equal(
    settingsTable(project, { key: "", zones: "with kind small" }),
    `| setting | type | default | only | meaning |
|---|---|---|---|---|
| \`key\` | string | _needed_ |  | Needed. |
| \`zones\` | integer | \`2\` | with kind small | How many. |
| \`ranges\` | array | \`["0.0.0.0/0"]\` |  | Who. |
| \`name\` | string |  |  | A name. |
| \`kind\` | string | \`small\` |  | A kind. |
`,
  );
});

test("rules become a page, with the command that holds a program of anybody's to them", async (t) => {
  const rule = { name: "doors-are-shut", reason: "Rain comes in.", types: [], passes: [], breaks: [] };
  const page = rulesPage("Mars", "infra-mars", [{ ...rule, violation: () => undefined }]);
  t.match(page, /^# Rules for Mars\n/);
  t.match(page, "cd packages/infra-mars\npnpm exec pulumi up --policy-pack policy/pack.ts\n");
  t.match(page, "\n| `doors-are-shut` | Rain comes in. |\n");
});

test("accepted findings become a page, with what they are of and why they stay", async (t) => {
  const finding = { check: "C1", says: "Doors are shut", resources: ["Door front"], reason: "Guests come." };
  const page = findingsPage("Mars", "infra-mars", "a telescope", [
    finding,
    { ...finding, only: ["least", "large"] },
  ]);
  t.match(page, /^# What scanners find on Mars\n/);
  t.match(page, "for a telescope.\n");
  t.match(page, "\n| `C1` Doors are shut | `Door front` |  | Guests come. |\n");
  t.match(page, "\n| `C1` Doors are shut | `Door front` | `least`, `large` | Guests come. |\n");
});
