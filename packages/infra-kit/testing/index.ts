export { awsCalls } from "./aws/calls.ts";
export { translateAws } from "./aws/translate.ts";
export { connections, connectionText } from "./network/connections.ts";
export { expectations, PROMISES, type Promises } from "./network/expectations.ts";
export type { Topology } from "./network/topology.ts";
export { changed, declared, selected, without } from "./recorder/declared.ts";
export type { CallAnswer, RecordedCall, RecordedOptions, RecordedResource } from "./recorder/monitor.ts";
export { type Recorded, type RecordOptions, recordProgram } from "./recorder/record.ts";
export { isProperties, type Properties, UNKNOWN, type Value } from "./recorder/value.ts";
