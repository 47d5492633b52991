/** Errors of the operating system, which name a path only where the call had one: not those of an open file or a stream. */

/**
 * Waits for work on a file, and lets an error of the operating system name it.
 *
 * @param path the file as its user knows it: for one that has no name yet, or a hidden one, the name that it will have
 */
export async function withPath<Value>(path: string, work: Promise<Value>): Promise<Value> {
  try {
    return await work;
  } catch (error) {
    throw named(path, error);
  }
}

/** An error of the operating system with this path; others as they are. */
export function named(path: string, error: unknown): unknown {
  if (!(error instanceof Error && "errno" in error && "syscall" in error && "code" in error)) return error;
  const [description] = error.message.split(/, \w+(?: '.*)?$/s);
  return Object.assign(error, { path, message: `${description}, ${String(error.syscall)} '${path}'` });
}
