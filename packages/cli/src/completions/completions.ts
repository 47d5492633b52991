import { bashCompletion } from "./bash.ts";
import { fishCompletion } from "./fish.ts";
import { zshCompletion } from "./zsh.ts";

/** The script that makes a shell complete the flags of `sorted` and their values. */
export function completionFor(shell: "bash" | "zsh" | "fish"): string {
  return { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion }[shell]();
}
