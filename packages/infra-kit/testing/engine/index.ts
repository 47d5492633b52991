export { awsFacts } from "../aws/facts.ts";
export { azureFacts } from "../azure/facts.ts";
export { cacheFolder } from "./cache.ts";
export type { Cloud, Existing, ResourceType, Wanted } from "./cloud.ts";
export { dockerBuildFacts } from "./docker-build.ts";
export { MemoryCloud } from "./memory-cloud.ts";
export { findPulumi } from "./pulumi.ts";
export { type StandIns, serveStandIns } from "./server.ts";
export { type Run, Stack, type Step } from "./stack.ts";
