/** A cloud as a stand-in provider sees it; what is behind it may be memory or a real API. */
import type { Properties } from "../recorder/value.ts";

/** What the engine must know of a type of resource before it touches one. */
export interface ResourceType {
  /** Outputs that only the cloud knows: not known in the preview that would create the resource. */
  readonly computed: readonly string[];
  /** Outputs that an update of the resource changes: not known in the preview of an update. */
  readonly changing: readonly string[];
  /** Inputs that can't be changed: a change makes a new resource. */
  readonly replaceOn: readonly string[];
  /** The input that gets a made-up name where the program gives none. */
  readonly named: string | undefined;
  /** What a made-up name has behind the logical one, from 64 hexadecimal digits that the engine chose. */
  readonly suffix: (digits: string) => string;
}

/** A resource that is to be. */
export interface Wanted {
  /** The type token, such as `aws:ec2/vpc:Vpc`. */
  readonly type: string;
  /** The logical name. */
  readonly name: string;
  readonly inputs: Properties;
}

/** A resource that is there. */
export interface Existing extends Wanted {
  readonly id: string;
  readonly outputs: Properties;
}

/** What a cloud can be asked to do. Whatever it throws is shown to the user as the provider's error. */
export interface Cloud {
  typeOf(type: string): ResourceType;
  /** The answer of a data source. */
  answer(token: string, args: Properties): Promise<Properties>;
  create(wanted: Wanted): Promise<Pick<Existing, "id" | "outputs">>;
  /** The resource as it is now; `undefined` if it is gone. */
  read(existing: Existing): Promise<Pick<Existing, "inputs" | "outputs"> | undefined>;
  /** Changes inputs in place and returns all outputs. */
  update(existing: Existing, inputs: Properties): Promise<Properties>;
  delete(existing: Existing): Promise<void>;
}
