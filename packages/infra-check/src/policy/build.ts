/** Rules on images that are built, whatever the cloud. */
import { type ResourceRule, wrongIf } from "./rule.ts";

const build: ResourceRule = {
  name: "previews-build-nothing",
  reason: "By default an image is built in a preview, which then needs a builder.",
  types: ["docker-build:index:Image"],
  violation: ({ props }) => wrongIf(props["buildOnPreview"] !== false, "buildOnPreview must be false"),
  passes: [{ props: { buildOnPreview: false } }],
  breaks: [{ props: {} }],
};

const manifest: ResourceRule = {
  name: "image-is-one-manifest",
  reason:
    "Every cloud gets the same image, and Lambda takes no index: of several platforms, or with Docker's attestations.",
  types: ["docker-build:index:Image"],
  violation: ({ props: { platforms, exec } }) =>
    wrongIf(!Array.isArray(platforms) || platforms.length !== 1, "platforms must name one") ??
    wrongIf(exec === true, "exec must not be set"),
  passes: [{ props: { platforms: ["linux/arm64"] } }],
  breaks: [
    { props: {} },
    { props: { platforms: ["linux/arm64", "linux/amd64"] } },
    { props: { platforms: ["linux/arm64"], exec: true } },
  ],
};

export const buildRules = [build, manifest];
