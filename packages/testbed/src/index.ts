/**
 * One machine as a data centre: containers, networks with firewalls and balancers, and load, for the system checks. It
 * needs Linux and root. Everything ends with the process that started it.
 */
export { Balancer, type Server } from "./balancer.ts";
export { cached, cacheFolder } from "./cache.ts";
export { run } from "./command.ts";
export { Compose, type ComposeOptions } from "./compose.ts";
export { consoleExamples } from "./console-examples.ts";
export { Container } from "./container.ts";
export { type Build, Docker, type Run } from "./docker.ts";
export { Host } from "./host.ts";
export { buildImage, image, root, smoke } from "./image.ts";
export type { Tally } from "./load.ts";
export { type Load, startLoad } from "./load-process.ts";
export { Machine } from "./machine/machine.ts";
export type { MachineOptions } from "./machine/maker.ts";
export { Registry } from "./machine/registry.ts";
export { behindPassword, forwardTo, Services } from "./machine/services.ts";
export { Network, type Subnet } from "./network.ts";
export { type SubstituteImages, substituteImages } from "./substitute-images.ts";
export { temporaryFolder } from "./temporary.ts";
export { waitFor } from "./wait.ts";
