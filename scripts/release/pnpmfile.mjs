/** Gives each packed manifest its repository (https://pnpm.io/pnpmfile#hooksbeforepackingpkg-pkg): see `pack.ts`. */
export const hooks = {
  beforePacking: (manifest) => ({ ...manifest, repository: JSON.parse(process.env.PACKED_REPOSITORY) }),
};
