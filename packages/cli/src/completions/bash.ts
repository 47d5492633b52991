import { type Flag, flags } from "../flags.ts";

/** For `eval`, or a file in `/usr/share/bash-completion/completions`. */
export function bashCompletion(): string {
  const names = flags.flatMap(([name, { short }]) => [`--${name}`, ...(short ? [`-${short}`] : [])]);
  const cases = flags.flatMap(([name, flag]) => {
    const words = valueWords(flag);
    return words === undefined ? [] : [`    ${patternOf(name, flag)}) ${words}; return ;;`];
  });
  return `# Completions of sorted for bash: eval "$(sorted --completion bash)"
_sorted() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]}
  # --flag=value is three words for bash.
  if [[ $current == "=" ]]; then
    current=
  elif [[ $previous == "=" ]]; then
    previous=\${COMP_WORDS[COMP_CWORD - 2]}
  fi
  COMPREPLY=()
  case $previous in
${cases.join("\n")}
  esac
  if [[ $current == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "${names.join(" ")}" -- "$current")
  else
    mapfile -t COMPREPLY < <(compgen -f -- "$current")
  fi
}
complete -o filenames -F _sorted sorted
`;
}

const patternOf = (name: string, { short }: Flag) => (short ? `--${name} | -${short}` : `--${name}`);

/** What fills in a flag's value; undefined where the flag stands alone. */
function valueWords({ value }: Flag): string | undefined {
  if (value === undefined) return undefined;
  const fill = (generator: string) => `mapfile -t COMPREPLY < <(compgen ${generator} -- "$current")`;
  if (value.choices !== undefined) return fill(`-W "${value.choices.join(" ")}"`);
  if (value.kind === "file") return fill("-f");
  if (value.kind === "folder") return fill("-d");
  // Nothing to suggest.
  return ":";
}
