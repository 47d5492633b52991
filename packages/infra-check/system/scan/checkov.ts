/** Runs checkov, which knows mistakes of thousands of cloud programs; `.ci/setup` installs it. */
import { z } from "zod";
import { scanner } from "./scanner.ts";

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
  summary: z.object({ passed: z.number(), parsing_errors: z.literal(0) }),
});

/** A check of checkov's that failed. */
export interface FailedCheck {
  readonly check: string;
  readonly says: string;
  /** As the files call the resource. */
  readonly address: string;
  /** The folder of the file. */
  readonly folder: string;
}

/**
 * The checks that fail in the files of a folder, each of which has a folder of its own.
 *
 * @param framework checkov's name of the form of the files
 * @throws if it can't read a file
 */
export async function checkov(
  folder: string,
  framework: "arm" | "terraform",
): Promise<readonly FailedCheck[]> {
  const options = ["--directory=.", `--framework=${framework}`, "--output=json", "--compact", "--soft-fail"];
  // By itself it asks its vendor for descriptions, and PyPI for a newer version.
  const offline = ["--skip-download"];
  const output = await scanner("checkov", [...options, ...offline], folder, {
    CKV_SKIP_PACKAGE_UPDATE_CHECK: "true",
  });
  return report.parse(JSON.parse(output)).results.failed_checks.map((failed) => ({
    check: failed.check_id,
    says: failed.check_name,
    address: failed.resource,
    folder: failed.file_path.split("/")[1] ?? "",
  }));
}
