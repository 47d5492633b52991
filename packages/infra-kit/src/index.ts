export { isCidr, overlap, partOfRange } from "./addresses.ts";
export {
  type ApplicationOptions,
  alivePath,
  applicationEnvironment,
  containerPort,
  hostPort,
  isFreeVariable,
  readyPath,
  reservedVariables,
} from "./application.ts";
export { amazonLinux2023, ecrRegistryOf } from "./bootstrap/amazon-linux.ts";
export { type BootstrapArgs, renderBootstrap } from "./bootstrap/cloud-config.ts";
export type { Container } from "./bootstrap/container.ts";
export type { Distribution, HostFile } from "./bootstrap/distribution.ts";
export { acrRegistryOf, ubuntu } from "./bootstrap/ubuntu.ts";
export { type GithubRepository, githubRepository, githubSubjects } from "./github.ts";
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
  scopesOf,
  settingType,
  text,
  wrongSettings,
} from "./settings.ts";
export { tagged } from "./tags.ts";
