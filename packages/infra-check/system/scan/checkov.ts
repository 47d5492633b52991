/** checkov, which knows common mistakes in what is declared for many clouds. */
import { z } from "zod";
import { outputOf, type Scanner } from "./scanner.ts";

/** What checkov prints, as far as it is read here. */
const report = z.object({
  results: z.object({
    failed_checks: z.array(
      z.object({
        check_id: z.string(),
        check_name: z.string(),
        /** Terraform's address, or the type and the name in a template. */
        resource: z.string(),
        /** Beginning with a slash. */
        file_path: z.string(),
      }),
    ),
  }),
  summary: z.object({ parsing_errors: z.literal(0) }),
});

/**
 * checkov for one form of files.
 *
 * @param framework checkov's name of the form
 */
export function checkov(framework: "arm" | "terraform", file: string): Scanner {
  // By itself it asks its vendor for descriptions, and PyPI for a newer version.
  const offline = { options: ["--skip-download"], env: { CKV_SKIP_PACKAGE_UPDATE_CHECK: "true" } };
  const options = ["--directory=.", `--framework=${framework}`, "--output=json", "--compact", "--soft-fail"];
  return {
    name: "checkov",
    file,
    scan: async (folder) => {
      const output = await outputOf("checkov", [...options, ...offline.options], folder, offline.env);
      return report.parse(JSON.parse(output)).results.failed_checks.map((failed) => ({
        check: failed.check_id,
        says: failed.check_name,
        address: failed.resource,
        folder: failed.file_path.split("/")[1] ?? "",
      }));
    },
  };
}
