/** The packages that npm gets, by their folders in `packages/`: each after those that it depends on. */
export const published: readonly string[] = ["core", "external-sort", "cli"];
