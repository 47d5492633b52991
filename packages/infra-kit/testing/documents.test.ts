import { test } from "tap";
import { settingsTable, withPart } from "./documents.ts";

test("a part of a document is put between its marks, again and again", async (t) => {
  const document = "before\n<!-- list: made -->\nold\n<!-- end of list -->\nafter\n";
  const changed = withPart(document, "list", "$1 new");
  t.equal(changed, "before\n<!-- list: made -->\n\n$1 new\n<!-- end of list -->\nafter\n");
  t.equal(withPart(changed, "list", "$1 new"), changed);
  t.throws(() => withPart(document, "table", ""), { message: "The document has no part table" });
});

test("settings become a table, with their defaults as Pulumi writes them", async (t) => {
  const project = `
config:
  key: { type: string, description: Needed. }
  zones: { type: integer, default: 2, description: How many. }
  ranges: { type: array, default: [0.0.0.0/0], description: Who. }
  name: { type: string, default: "", description: A name. }
  kind: { type: string, default: small, description: A kind. }
`;
  t.equal(
    settingsTable(project),
    `| setting | type | default | meaning |
|---|---|---|---|
| \`key\` | string | _needed_ | Needed. |
| \`zones\` | integer | \`2\` | How many. |
| \`ranges\` | array | \`["0.0.0.0/0"]\` | Who. |
| \`name\` | string |  | A name. |
| \`kind\` | string | \`small\` | A kind. |
`,
  );
});
