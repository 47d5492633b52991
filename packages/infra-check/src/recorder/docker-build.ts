/** What a build of an image adds to its inputs, whatever the cloud: the digest of an image that nobody built. */
import type { ComputedOutputs } from "./monitor.ts";

const IMAGE = "docker-build:index:Image";

/** The outputs of the provider that builds images: deterministic, recognisable, plainly not real. */
export const dockerBuildOutputs: ComputedOutputs = () => ({
  digest: `sha256:${"ab".repeat(32)}`,
  ref: "image@sha256:ab",
});

/** A cloud's outputs, with those of images beside them. */
export function withImages(cloud: ComputedOutputs): ComputedOutputs {
  return (resource) => (resource.type === IMAGE ? dockerBuildOutputs(resource) : cloud(resource));
}
