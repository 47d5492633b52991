/** The configurations that the tests declare the program for. */
import { type Recorded, type RecordedResource, type RecordOptions, recordProgram } from "@sorted/infra-check";
import { aws } from "@sorted/infra-check/aws";

const digest = `sha256:${"0123456789abcdef".repeat(4)}`;

/** Settings by what they are an example of; `aws:region` is added to each. */
export const configurations = {
  least: {},
  threeZones: { zones: 3, nat: "perZone" },
  noNat: { nat: "none" },
  domain: { domainName: "sorted.example.com", hostedZoneId: "Z0EXAMPLE" },
  certificate: {
    certificateArn: "arn:aws:acm:eu-central-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef",
  },
  existingVpc: {
    vpcId: "vpc-0123456789abcdef0",
    publicSubnetIds: ["subnet-00000000000000001", "subnet-00000000000000002"],
    privateSubnetIds: ["subnet-00000000000000003", "subnet-00000000000000004"],
  },
  givenImage: { imageUri: `ghcr.io/someone/sorted@${digest}` },
  spot: { spot: true, instanceTypes: ["t4g.small", "c7g.medium"] },
  functionUrl: { compute: "serverless" },
  balancedFunction: {
    compute: "serverless",
    endpoint: "loadBalancer",
    instanceLimit: 50,
    warmInstances: 2,
    alarmEmail: "operations@example.com",
  },
  balancedFunctionInVpc: {
    compute: "serverless",
    endpoint: "loadBalancer",
    vpcId: "vpc-0123456789abcdef0",
    publicSubnetIds: ["subnet-00000000000000001", "subnet-00000000000000002"],
    imageUri: `123456789012.dkr.ecr.eu-central-1.amazonaws.com/sorted@${digest}`,
  },
  company: {
    internal: true,
    spot: true,
    onDemandBase: 1,
    alarmEmail: "operations@example.com",
    monthlyBudgetUsd: 500,
    rolePath: "/teams/search/",
    permissionsBoundaryArn: "arn:aws:iam::123456789012:policy/boundary",
    kmsKeyArn: "arn:aws:kms:eu-central-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef",
  },
  isProtected: { protect: true },
  everything: {
    waf: true,
    publicMetrics: true,
    alarmEmail: "operations@example.com",
    scaleOn: "requests",
    requestsPerMinute: 5000,
    flowLogs: "all",
    tags: ["Team=search", "Purpose=sums = and more"],
  },
} satisfies Record<string, Record<string, unknown>>;

/** The name of one of the configurations. */
export type Configuration = keyof typeof configurations;

const recorded = new Map<string, Promise<Recorded>>();
let evaluations = 0;

/** Records the program as it stands, with one of the configurations or with settings of one's own. */
export function record(
  configuration: Configuration | Readonly<Record<string, unknown>>,
  preview = false,
): Promise<Recorded> {
  const settings = typeof configuration === "string" ? configurations[configuration] : configuration;
  const config = { "aws:region": "eu-central-1", ...settings };
  const key = JSON.stringify([config, preview]);
  const known = recorded.get(key);
  if (known) return known;
  const run = evaluate({ config, preview });
  recorded.set(key, run);
  return run;
}

/** Records a preview of the program where AWS answers some questions in another way. */
export function recordWith(
  settings: Readonly<Record<string, unknown>>,
  calls: NonNullable<RecordOptions["calls"]>,
): Promise<Recorded> {
  return evaluate({ config: { "aws:region": "eu-central-1", ...settings }, preview: true, calls });
}

function evaluate(options: Pick<RecordOptions, "config" | "preview" | "calls">): Promise<Recorded> {
  // Node evaluates a module once for each query string.
  evaluations += 1;
  const entry = `../index.ts?${evaluations}`;
  return recordProgram({ cloud: aws, project: "sorted-aws", ...options, run: () => import(entry) });
}

/** The resources of a type, of one of AWS without its `aws:`. */
export function ofType({ resources }: Recorded, type: string): readonly RecordedResource[] {
  return resources.filter((resource) => [type, `aws:${type}`].includes(resource.type));
}

/** The one resource of a type, or of a type and a name. */
export function one(recorded: Recorded, type: string, name?: string): RecordedResource {
  const found = ofType(recorded, type).filter((resource) => name === undefined || resource.name === name);
  const [resource] = found;
  if (resource && found.length === 1) return resource;
  throw new Error(`There are ${found.length} of ${type} ${name ?? ""}`);
}

/** A policy in JSON, as an object. */
export function policyOf(resource: RecordedResource): unknown {
  const { policy } = resource.inputs;
  return JSON.parse(String(policy));
}
