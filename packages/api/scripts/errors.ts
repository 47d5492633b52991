import { problemDefinitions, problemsIntroduction } from "@sorted/contract";

/** What each error means: `docs/errors.md`. A service has the same at `/errors`. */
export function errorsMarkdown(): string {
  const sections = Object.entries(problemDefinitions).map(
    ([code, { status, title, description }]) => `## ${code}\n\n**${status}**: ${title}.\n\n${description}\n`,
  );
  return ["# Errors\n", `${problemsIntroduction}\n`, ...sections].join("\n");
}
