/** What the recorder must know of a cloud: no general part knows one by name. */
import type { CallAnswer, ComputedOutputs } from "./monitor.ts";

/** What stands for a cloud while a program is recorded. */
export interface RecordedCloud {
  /** What the cloud adds to a resource's inputs. */
  readonly outputs: ComputedOutputs;
  /** The answers of its data sources by token. */
  readonly calls: Readonly<Record<string, CallAnswer>>;
  /** What answers the requests that a program sends itself. Default: the Internet. */
  readonly fetch?: typeof fetch;
}
