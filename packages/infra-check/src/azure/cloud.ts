/** Azure for the recorder: what it computes and answers. */
import type { RecordedCloud } from "../recorder/cloud.ts";
import { declaredIn } from "../recorder/declared.ts";
import { azureApi, nothingYet } from "./api.ts";
import { azureCalls } from "./calls.ts";
import { azureOutputs } from "./outputs.ts";

export const azure: RecordedCloud = {
  outputs: azureOutputs,
  calls: azureCalls,
  fetch: azureApi(nothingYet),
};

/**
 * A resource of Azure as the recorder would return it.
 *
 * @example
 * declared("azure-native:network:PublicIPAddress", "address", {}).name // "address"
 */
export const declared = declaredIn(azure);
