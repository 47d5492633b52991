/** cfn-lint, which holds templates of CloudFormation to what AWS publishes of each property, and of each region. */
import { z } from "zod";
import { outputOf, type Scanner } from "./scanner.ts";

/** What cfn-lint prints, as far as it is read here. */
const report = z.array(
  z.object({
    Filename: z.string(),
    Location: z.object({ Path: z.array(z.union([z.string(), z.number()])).nullable() }),
    Message: z.string(),
    Rule: z.object({ Id: z.string() }),
  }),
);

/** cfn-lint, with what there is in a region. */
export function cfnLint(region: string): Scanner {
  const file = "template.json";
  const options = [
    "--format=json",
    `--regions=${region}`,
    // A template should not name a zone; ours is made for one deployment.
    "--ignore-checks=W3010",
    "--non-zero-exit-code=none",
    "--",
    `*/${file}`,
  ];
  return {
    name: "cfn-lint",
    file,
    scan: async (folder) =>
      report.parse(JSON.parse(await outputOf("cfn-lint", options, folder))).map((failed) => ({
        check: failed.Rule.Id,
        says: failed.Message,
        // Resources, then the logical ID.
        address: String(failed.Location.Path?.[1]),
        folder: failed.Filename.split("/")[0] ?? "",
      })),
  };
}
