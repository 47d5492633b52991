import { type Flag, flags } from "../flags.ts";

/** For a file named `_sorted` in a folder of `$fpath`. */
export function zshCompletion(): string {
  const specifications = flags.map(([name, flag]) => `  ${specificationOf(name, flag)} \\`);
  return `#compdef sorted
# Completions of sorted for zsh: sorted --completion zsh > FOLDER_OF_FPATH/_sorted
_arguments -s -S \\
${specifications.join("\n")}
  '*:file:_files'
`;
}

function specificationOf(name: string, flag: Flag): string {
  const { short, summary, value } = flag;
  const takesValue = value !== undefined;
  const about = `'[${summary}]${takesValue ? actionOf(value) : ""}'`;
  const long = `--${name}${takesValue ? "=" : ""}`;
  if (short === undefined) return `'${long}'${about}`;
  return `'(-${short} --${name})'{-${short}${takesValue ? "+" : ""},${long}}${about}`;
}

function actionOf({ name, kind, choices }: NonNullable<Flag["value"]>): string {
  if (choices !== undefined) return `:${name}:(${choices.join(" ")})`;
  if (kind === "file") return `:${name}:_files`;
  return kind === "folder" ? `:${name}:_files -/` : `:${name}: `;
}
