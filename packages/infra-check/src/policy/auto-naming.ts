/** Names that nobody gave. */

/**
 * Whether Pulumi made up a name, as the providers of AWS (`name-0a1b2c3`) and Azure (`name0a1b2c3d`) do: the engine shows it
 * to policies as if the program had given it.
 */
export function isAutoNamed(name: string, logicalName: string): boolean {
  return name.startsWith(logicalName) && /^(-[0-9a-f]{7}|[0-9a-f]{8})$/.test(name.slice(logicalName.length));
}
