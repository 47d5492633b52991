import { type Flag, flags } from "../flags.ts";

/** For a file in `~/.config/fish/completions`. */
export function fishCompletion(): string {
  const lines = flags.map(([name, flag]) => {
    const short = flag.short === undefined ? "" : ` -s ${flag.short}`;
    return `complete -c sorted${short} -l ${name}${actionOf(flag)} -d '${flag.summary}'`;
  });
  return `# Completions of sorted for fish: sorted --completion fish > ~/.config/fish/completions/sorted.fish\n${lines.join("\n")}\n`;
}

function actionOf({ value }: Flag): string {
  if (value === undefined) return "";
  if (value.choices !== undefined) return ` -x -a '${value.choices.join(" ")}'`;
  if (value.kind === "file") return " -r -F";
  return value.kind === "folder" ? " -x -a '(__fish_complete_directories)'" : " -x";
}
