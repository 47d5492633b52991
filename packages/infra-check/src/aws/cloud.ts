/** AWS for the recorder: what it computes and answers. */
import type { RecordedCloud } from "../recorder/cloud.ts";
import { declaredIn } from "../recorder/declared.ts";
import { awsCalls } from "./calls.ts";
import { awsOutputs } from "./outputs.ts";

export const aws: RecordedCloud = { outputs: awsOutputs, calls: awsCalls };

/**
 * A resource of AWS as the recorder would return it.
 *
 * @example
 * declared("aws:ec2/eip:Eip", "address", { domain: "vpc" }).id // "address-id"
 */
export const declared = declaredIn(aws);
