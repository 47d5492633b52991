export { isCidr, overlap, partOfRange } from "./addresses.ts";
export {
  type ApplicationOptions,
  alivePath,
  applicationEnvironment,
  containerPort,
  hostPort,
  readyPath,
} from "./application.ts";
export { amazonLinux2023, ecrRegistryOf } from "./bootstrap/amazon-linux.ts";
export { type BootstrapArgs, renderBootstrap } from "./bootstrap/cloud-config.ts";
export type { Container } from "./bootstrap/container.ts";
export type { Distribution, HostFile } from "./bootstrap/distribution.ts";
export { acrRegistryOf, ubuntu } from "./bootstrap/ubuntu.ts";
export { commonSettings, tagsSetting } from "./common-settings.ts";
export { type GithubRepository, githubRepository, githubSubjects } from "./github.ts";
export { healthCheck, secondsToUnhealthy } from "./health-check.ts";
export { type BuildArgs, buildImage, imageByDigest, type Platform } from "./image.ts";
export {
  anyValue,
  checkedText,
  choice,
  flag,
  integer,
  integerOf,
  list,
  type Refuse,
  readSettings,
  type Scope,
  type SettingType,
  scoped,
  scopesInWords,
  text,
  wrongSettings,
} from "./settings.ts";
export { stackTags, tagged } from "./tags.ts";
