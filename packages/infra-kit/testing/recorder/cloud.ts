/** The stand-ins for the clouds, chosen by a resource's type. */
import { awsCalls } from "../aws/calls.ts";
import { awsOutputs } from "../aws/outputs.ts";
import { azureCalls } from "../azure/calls.ts";
import { azureOutputs } from "../azure/outputs.ts";
import type { ComputedOutputs } from "./monitor.ts";

/** What the resource's cloud adds to its inputs. */
export const cloudOutputs: ComputedOutputs = (resource) =>
  resource.type.startsWith("azure-native:") ? azureOutputs(resource) : awsOutputs(resource);

/** The answers of all clouds' data sources by token. */
export const cloudCalls = { ...awsCalls, ...azureCalls };
