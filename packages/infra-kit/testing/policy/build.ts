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

export const buildRules = [build];
