/** Shows that the Pulumi.yaml of the trust program says what it does. */
import { readSettings as record } from "@sorted/infra-check";
import { readSettings } from "@sorted/infra-kit";
import { settingChecks } from "@sorted/infra-kit/test/setting-checks";
import { trustSettings } from "../../src/trust/settings.ts";

const needed = { repository: "someone/sorted", ownerId: "12", repositoryId: "345", environment: "staging" };

settingChecks({
  project: new URL("../../trust/Pulumi.yaml", import.meta.url),
  settings: trustSettings.shape,
  readWith: (config) =>
    record("sorted-aws-trust", { ...needed, ...config }, () => readSettings(trustSettings)),
  needed: Object.keys(needed),
});
