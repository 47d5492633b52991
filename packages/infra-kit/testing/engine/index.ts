export { awsFacts, dockerBuildFacts } from "../aws/facts.ts";
export { cacheFolder } from "./cache.ts";
export type { Cloud, Existing, ResourceType, Wanted } from "./cloud.ts";
export { MemoryCloud } from "./memory-cloud.ts";
export { findPulumi } from "./pulumi.ts";
export { type StandIns, serveStandIns } from "./server.ts";
export { type Run, Stack, type Step } from "./stack.ts";
