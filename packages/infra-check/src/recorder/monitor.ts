/** The other end of a Pulumi program: instead of an engine, a monitor that writes down what is declared. */
import type {
  RegisterResourceOutputsRequest,
  RegisterResourceRequest,
} from "@pulumi/pulumi/proto/resource_pb.js";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks.js";
import { decodeProperties, type Properties } from "./value.ts";

/** A resource as the program declared it. */
export interface RecordedResource {
  /** The type token, such as `aws:ec2/vpc:Vpc`. */
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  /** The URN of the parent; `undefined` for the stack alone. */
  readonly parent: string | undefined;
  /** False for components, which group resources and are nothing in a cloud. */
  readonly custom: boolean;
  /** What references to the resource resolve to, see {@link idOf}; `undefined` in a preview. */
  readonly id: string | undefined;
  /** Every input, resolved; {@link UNKNOWN} where a preview can't know it. */
  readonly inputs: Properties;
  /** The inputs and what the recorded cloud computes from them; in a preview the inputs alone. */
  readonly outputs: Properties;
  readonly options: RecordedOptions;
}

/** The resource options that change what a deployment does. */
export interface RecordedOptions {
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
  readonly deleteBeforeReplace: boolean;
  readonly ignoreChanges: readonly string[];
  readonly replaceOnChanges: readonly string[];
  /** The URNs of all that must exist before: `dependsOn`, and resources that inputs refer to. */
  readonly dependencies: readonly string[];
  /** For each input the URNs of the resources it refers to; known in a preview too. */
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  /** The reference to an explicit provider, if one was given. */
  readonly provider: string | undefined;
}

/** A call of a data source. */
export interface RecordedCall {
  /** The function's token, such as `aws:index/getAvailabilityZones:getAvailabilityZones`. */
  readonly token: string;
  readonly inputs: Properties;
}

/** Computes what a cloud would add to a resource's inputs. Must be deterministic. */
export type ComputedOutputs = (resource: Pick<RecordedResource, "type" | "name" | "inputs">) => Properties;

/** The ID that a cloud computes, or else `<name>-id`. */
export function idOf(name: string, computed: Properties): string {
  return typeof computed["id"] === "string" ? computed["id"] : `${name}-id`;
}

/** Answers one data source from its arguments. */
export type CallAnswer = (inputs: Properties) => Properties;

/** Pulumi takes the words of a failed call from where gRPC puts them. */
function asRefusal(answer: () => Properties): Properties {
  try {
    return answer();
  } catch (error) {
    throw Object.assign(new Error("refused"), {
      details: error instanceof Error ? error.message : String(error),
    });
  }
}

type Callback = Parameters<MockMonitor["registerResource"]>[1];

/** A monitor that keeps every registration, its options included (Pulumi's own mocks don't show those). */
export class RecordingMonitor extends MockMonitor {
  readonly recorded: RecordedResource[] = [];
  readonly calls: RecordedCall[] = [];
  /** What was wrong with what the program asked for; an error of an answer would be lost in Pulumi's promises. */
  readonly failures: Error[] = [];
  stackOutputs: Properties = {};

  /**
   * @param preview with true, nothing but inputs is known
   * @param computed what the cloud adds to the inputs
   * @param answers the data sources by token
   */
  constructor(preview: boolean, computed: ComputedOutputs, answers: Readonly<Record<string, CallAnswer>>) {
    super({
      newResource: ({ type, name, custom, id, inputs }) => {
        if (preview || !custom) return { id: undefined, state: inputs };
        const added = computed({ type, name, inputs });
        return { id: id || idOf(name, added), state: { ...inputs, ...added } };
      },
      call: ({ token, inputs }) => {
        this.calls.push({ token, inputs });
        const answer = answers[token];
        if (answer) return asRefusal(() => answer(inputs));
        this.failures.push(new Error(`No answer for the data source ${token}: pass one in \`calls\``));
        return {};
      },
    });
  }

  override async registerResource(request: RegisterResourceRequest, callback: Callback): Promise<void> {
    await super.registerResource(request, (error, response) => {
      if (!error) this.#record(request, response.getUrn());
      callback(error, response);
    });
  }

  #record(request: RegisterResourceRequest, urn: string): void {
    if (this.recorded.some((resource) => resource.urn === urn)) {
      this.failures.push(new Error(`Two resources of one type and name: ${urn}`));
    }
    const registered = this.resources.get(urn);
    const propertyDependencies: Record<string, readonly string[]> = {};
    request.getPropertydependenciesMap().forEach((dependencies, property) => {
      const urns = dependencies.getUrnsList().toSorted();
      if (urns.length > 0) propertyDependencies[property] = urns;
    });
    this.recorded.push({
      type: request.getType(),
      name: request.getName(),
      urn,
      parent: request.getParent() || undefined,
      custom: request.getCustom(),
      id: registered?.id ?? undefined,
      inputs: decodeProperties(request.getObject()?.toJavaScript()),
      outputs: decodeProperties(registered?.state),
      options: {
        protect: request.getProtect() === true,
        retainOnDelete: request.getRetainondelete() === true,
        deleteBeforeReplace: request.getDeletebeforereplace(),
        ignoreChanges: request.getIgnorechangesList(),
        replaceOnChanges: request.getReplaceonchangesList(),
        dependencies: request.getDependenciesList().toSorted(),
        propertyDependencies,
        provider: request.getProvider() || undefined,
      },
    });
  }

  override registerResourceOutputs(request: RegisterResourceOutputsRequest, callback: Callback): void {
    if (request.getUrn().includes("::pulumi:pulumi:Stack::")) {
      this.stackOutputs = decodeProperties(request.getOutputs()?.toJavaScript());
    }
    super.registerResourceOutputs(request, callback);
  }
}
