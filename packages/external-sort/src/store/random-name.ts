/**
 * A part of a name that no other file has. The name is not secret, so the caller must refuse to open an existing file.
 * (Loading `node:crypto` would take as long as sorting a small file.)
 */
export function randomName(): string {
  return `${process.pid}-${Math.random().toString(36).slice(2)}`;
}
