/** The payloads of the calls that would make resources, built by the serializer of Azure's own SDK. */
import { type CompositeMapper, createSerializer } from "@azure/core-client";
import { isProperties, type Properties, type RecordedResource, type Value } from "@sorted/infra-check";

type Mappers = Readonly<Record<string, CompositeMapper>>;

/** The tables of types that a package of the SDK has inside, beside its entry. */
async function mappersBeside(entry: string): Promise<Mappers> {
  return import(new URL("models/mappers.js", entry).href);
}

const packages: Readonly<Record<string, Mappers>> = {
  app: await mappersBeside(import.meta.resolve("@azure/arm-appcontainers")),
  network: await mappersBeside(import.meta.resolve("@azure/arm-network")),
  compute: await mappersBeside(import.meta.resolve("@azure/arm-compute")),
};

/** What the address of a request says, and not its payload. */
const inAddress = [
  "resourceGroupName",
  "virtualNetworkName",
  "subnetName",
  "loadBalancerName",
  "applicationGatewayName",
];

type Declared = Pick<RecordedResource, "type" | "name" | "inputs">;

/** Whether the SDK has a table for resources of that type. */
export function hasBody({ type }: Declared): boolean {
  const [, module = ""] = type.split(":");
  return type.startsWith("azure-native:") && module in packages;
}

/**
 * The payload of the call that makes a resource.
 *
 * @throws if a property has another type than Azure's API takes, lacks a part that it needs, or is none of the API's
 */
export function bodyOf({ type, name, inputs }: Declared): Properties {
  const [, module = "", kind = ""] = type.split(":");
  const mappers = packages[module];
  const mapper = mappers?.[kind];
  if (!mapper) throw new Error(`The SDK has no table for ${type}`);
  const given = Object.fromEntries(Object.entries(inputs).filter(([key]) => !inAddress.includes(key)));
  const model = withSdkNames({ location: "westeurope", ...given });
  const payload: Properties = createSerializer(mappers).serialize(mapper, model, name);
  const kept = new Set(leaves(payload));
  const lost = leaves(given).filter((leaf) => !kept.has(leaf));
  if (lost.length > 0) throw new Error(`${name}: Azure's API knows no ${lost.join(", ")}`);
  return payload;
}

/** The two names that the SDK has others for than Pulumi's provider. */
function withSdkNames(model: Properties): Value {
  return JSON.parse(JSON.stringify(model), (key, value) => {
    if (key === "userAssignedIdentities" && Array.isArray(value))
      return Object.fromEntries(value.map((id) => [id, {}]));
    if (key !== "extensions" || !Array.isArray(value)) return value;
    return value.map(({ type, ...extension }) => ({ ...extension, typePropertiesType: type }));
  });
}

/** Every single value with its path, in which the API's `properties` don't count. */
function leaves(value: Value, path = ""): readonly string[] {
  if (Array.isArray(value) && path.endsWith("/userAssignedIdentities"))
    return value.map((id) => `${path}/${id}`);
  if (!isProperties(value) && !Array.isArray(value)) return [`${path}=${value}`];
  const found = Object.entries(value).flatMap(([key, item]) =>
    leaves(item, key === "properties" ? path : `${path}/${key}`),
  );
  return found.length > 0 ? found : [path];
}
