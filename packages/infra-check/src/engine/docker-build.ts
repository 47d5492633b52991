/** The stand-in provider that builds images: it builds none. */
import { dockerBuildOutputs } from "../recorder/docker-build.ts";
import type { CloudFacts } from "./memory-cloud.ts";
import { computedOutputs, sdkOf } from "./resource-type.ts";

export const dockerBuildFacts: CloudFacts = {
  typeOf: (type) => ({
    computed: computedOutputs(sdkOf("@pulumi/docker-build", import.meta.url), type),
    changing: [],
    replaceOn: [],
    named: undefined,
    suffix: () => "",
  }),
  outputs: dockerBuildOutputs,
  answers: {},
};
