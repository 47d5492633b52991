export { cacheFolder } from "./cache.ts";
export type { Cloud, Existing, ResourceType, Wanted } from "./cloud.ts";
export { dockerBuildFacts } from "./docker-build.ts";
export { MemoryCloud } from "./memory-cloud.ts";
export { type Program, programStacks } from "./program-stacks.ts";
export { findPulumi } from "./pulumi.ts";
export { type StandInProviders, serveStandInProviders } from "./server.ts";
export { type Run, Stack, type Step } from "./stack.ts";
