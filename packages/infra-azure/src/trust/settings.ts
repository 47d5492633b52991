/** The settings of the program in the folder trust; its Pulumi.yaml describes them to the user. */
import { githubRepository, list, text } from "@sorted/infra-kit";
import { z } from "zod";

export const trustSettings = z.object({
  ...githubRepository,
  environments: list((name) => /^[\w.-]+$/.test(name), "names of environments", {
    byDefault: ["staging", "production"],
  }),
  stateContainerId: text(
    /^\/subscriptions\/.+\/storageAccounts\/[^/]+\/blobServices\/default\/containers\/[^/]+$/,
    "the resource ID of a storage container",
  ),
});
