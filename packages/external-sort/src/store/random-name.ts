/**
 * A part of a name that no other file has. Whoever creates the file with it must refuse one that exists: the name is not
 * secret. (`node:crypto` would take as long to load as a small file to sort.)
 */
export function randomName(): string {
  return `${process.pid}-${Math.random().toString(36).slice(2)}`;
}
