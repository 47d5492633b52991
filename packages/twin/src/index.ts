/**
 * A declared network brought to life on one machine: network namespaces, nftables, HAProxy, and the real container as
 * its instances. It needs Linux and root.
 */
export { type Declare, runTwin } from "./run.ts";
export type { Declaration } from "./twin.ts";
