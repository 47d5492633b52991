/**
 * A declared network brought to life on one machine: network namespaces, nftables, HAProxy, and the real container as its
 * instances. On Linux, as root.
 */
export { type Agreement, agreement } from "./agreement.ts";
export { declaredContainer } from "./bootstrap.ts";
export { loseZone, post, rollOut, tallyText, tryDirectWays } from "./demonstration.ts";
export { Fabric } from "./fabric.ts";
export { type Images, imagesOf } from "./images.ts";
export { type Declare, runTwin } from "./run.ts";
export { type Declaration, Twin } from "./twin.ts";
