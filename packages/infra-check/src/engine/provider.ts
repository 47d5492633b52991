/** A resource provider as Pulumi's engine speaks to it, in front of any {@link Cloud}. */
import { createHash } from "node:crypto";
import type { handleUnaryCall, UntypedServiceImplementation } from "@grpc/grpc-js";
import plugin from "@pulumi/pulumi/proto/plugin_pb.js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb.js";
import {
  decodeProperties,
  encodeProperties,
  type Properties,
  UNKNOWN,
  type Value,
} from "../recorder/value.ts";
import type { Cloud, Existing, ResourceType } from "./cloud.ts";
import { differences } from "./differences.ts";

/** The parts of the protocol's requests that name a resource. */
interface Request {
  getType(): string;
  getName(): string;
}

/** The provider's side of the protocol; what the engine asks beyond it is answered as unimplemented. */
export function providerOf(cloud: Cloud): UntypedServiceImplementation {
  const stored = (request: Request & { getId(): string }, inputs?: Struct, outputs?: Struct): Existing => ({
    type: request.getType(),
    name: request.getName(),
    id: request.getId(),
    inputs: read(inputs),
    outputs: read(outputs),
  });
  return {
    handshake: unary<messages.ProviderHandshakeRequest, messages.ProviderHandshakeResponse>(
      async () => new messages.ProviderHandshakeResponse(),
    ),
    attach: unary<plugin.PluginAttach, empty.Empty>(async () => new empty.Empty()),
    cancel: unary<empty.Empty, empty.Empty>(async () => new empty.Empty()),
    getPluginInfo: unary<empty.Empty, plugin.PluginInfo>(async () =>
      // Newer than what any program asks for.
      new plugin.PluginInfo().setVersion("999.0.0"),
    ),
    checkConfig: unary<messages.CheckRequest, messages.CheckResponse>(async (request) =>
      new messages.CheckResponse().setInputs(request.getNews()),
    ),
    diffConfig: unary<messages.DiffRequest, messages.DiffResponse>(async () =>
      new messages.DiffResponse().setChanges(messages.DiffResponse.DiffChanges.DIFF_NONE),
    ),
    configure: unary<messages.ConfigureRequest, messages.ConfigureResponse>(async () =>
      new messages.ConfigureResponse().setSupportspreview(true),
    ),
    invoke: unary<messages.InvokeRequest, messages.InvokeResponse>(async (request) =>
      new messages.InvokeResponse().setReturn(
        encodeProperties(await cloud.answer(request.getTok(), read(request.getArgs()))),
      ),
    ),
    check: unary<messages.CheckRequest, messages.CheckResponse>(async (request) => {
      const { named, suffix } = cloud.typeOf(request.getType());
      const inputs = read(request.getNews());
      const name =
        named === undefined || inputs[named] !== undefined
          ? {}
          : { [named]: read(request.getOlds())[named] ?? autoName(request, suffix) };
      return new messages.CheckResponse().setInputs(encodeProperties({ ...inputs, ...name }));
    }),
    diff: unary<messages.DiffRequest, messages.DiffResponse>(async (request) => {
      const changed = differences(read(request.getOldInputs()), read(request.getNews()));
      const { replaceOn } = cloud.typeOf(request.getType());
      const { DIFF_SOME, DIFF_NONE } = messages.DiffResponse.DiffChanges;
      return new messages.DiffResponse()
        .setChanges(changed.length > 0 ? DIFF_SOME : DIFF_NONE)
        .setDiffsList(changed)
        .setReplacesList(changed.filter((property) => replaceOn.includes(property)));
    }),
    create: unary<messages.CreateRequest, messages.CreateResponse>(async (request) => {
      const wanted = {
        type: request.getType(),
        name: request.getName(),
        inputs: read(request.getProperties()),
      };
      if (request.getPreview()) {
        const { computed } = cloud.typeOf(wanted.type);
        return new messages.CreateResponse().setProperties(
          encodeProperties({ ...unknown(computed), ...wanted.inputs }),
        );
      }
      const { id, outputs } = await cloud.create(wanted);
      return new messages.CreateResponse().setId(id).setProperties(encodeProperties(outputs));
    }),
    read: unary<messages.ReadRequest, messages.ReadResponse>(async (request) => {
      const found = await cloud.read(stored(request, request.getInputs(), request.getProperties()));
      const response = new messages.ReadResponse();
      if (!found) return response;
      return response
        .setId(request.getId())
        .setInputs(encodeProperties(found.inputs))
        .setProperties(encodeProperties(found.outputs));
    }),
    update: unary<messages.UpdateRequest, messages.UpdateResponse>(async (request) => {
      const existing = stored(request, request.getOldInputs(), request.getOlds());
      const inputs = read(request.getNews());
      const outputs = request.getPreview()
        ? plannedUpdate(cloud.typeOf(existing.type), existing, inputs)
        : await cloud.update(existing, inputs);
      return new messages.UpdateResponse().setProperties(encodeProperties(outputs));
    }),
    delete: unary<messages.DeleteRequest, empty.Empty>(async (request) => {
      await cloud.delete(stored(request, request.getOldInputs(), request.getProperties()));
      return new empty.Empty();
    }),
  };
}

/** A handler whose errors the engine shows as they are. */
export function unary<Request, Response>(
  answer: (request: Request) => Promise<Response>,
): handleUnaryCall<Request, Response> {
  return ({ request }, callback) => {
    answer(request).then(
      (response) => callback(null, response),
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error))),
    );
  };
}

function read(struct: Struct | undefined): Properties {
  return decodeProperties(struct?.toJavaScript());
}

/** As Pulumi's providers name what the program does not: the logical name and some digits from the engine's seed. */
function autoName(request: messages.CheckRequest, suffix: ResourceType["suffix"]): string {
  const seed = createHash("sha256")
    .update(request.getRandomseed_asU8())
    .update(request.getUrn())
    .digest("hex");
  return `${request.getName()}${suffix(seed)}`;
}

function unknown(properties: readonly string[]): Record<string, Value> {
  return Object.fromEntries(properties.map((property) => [property, UNKNOWN]));
}

function plannedUpdate({ changing }: ResourceType, existing: Existing, inputs: Properties): Properties {
  return { ...existing.outputs, ...inputs, ...unknown(changing) };
}
