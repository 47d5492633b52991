/** A stack of this program on Pulumi's real engine, with clouds in memory behind it. */
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { azureApi, azureFacts, type Machine, nothingYet, type Upgrade } from "@sorted/infra-check/azure";
import { type Existing, MemoryCloud, programStacks, type Wanted } from "@sorted/infra-check/engine";
import { z } from "zod";

export const stacks = programStacks({
  folder: fileURLToPath(new URL("..", import.meta.url)),
  entry: fileURLToPath(new URL("with-azure", import.meta.url)),
  project: "sorted-azure",
  provider: "azure-native",
  required: {
    "azure-native:location": "westeurope",
    "sorted-azure:sshPublicKey":
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExampleExampleExampleExampleExampleExample operator",
  },
});

export const { settings, stackOf } = stacks;

const scaleSetType = "azure-native:compute:VirtualMachineScaleSet";
const balancerType = "azure-native:network:LoadBalancer";

const scaleSetInputs = z.object({
  sku: z.object({ name: z.string(), capacity: z.number() }),
  virtualMachineProfile: z.object({
    extensionProfile: z.object({
      extensions: z.array(z.object({ name: z.string(), forceUpdateTag: z.string().optional() })),
    }),
  }),
});

/** A machine, and the text of the profile that it was made by. */
interface Made extends Machine {
  readonly profile: string;
}

/**
 * A cloud in memory that knows the types of Azure, and what becomes of machines. It refuses an update that takes machines
 * away which scaling has added, and to delete a load balancer that a machine still belongs to. A rolling upgrade takes place
 * when somebody asks for the machines: who doesn't ask finds them as they were.
 *
 * @see https://github.com/Azure/vm-scale-sets/issues/53
 */
export class MemoryAzure extends MemoryCloud {
  /** What was done, and what was asked, in order: `update network:LoadBalancer sorted`, `ask …/virtualMachines`. */
  readonly journal: string[] = [];
  /** How the next rolling upgrades end. */
  upgradesEnd: "Completed" | "Faulted" = "Completed";

  readonly #machines = new Map<string, Made[]>();
  readonly #upgrades = new Map<string, Upgrade>();
  #numbers = 0;

  constructor() {
    const facts = azureFacts(import.meta.url);
    const server = createServer(async (request, response) => {
      const answer = await this.#api(decodeURIComponent(request.url?.slice(1) ?? ""));
      response.writeHead(answer.status).end(await answer.text());
    });
    server.listen(0, "127.0.0.1").unref();
    const token = () => {
      const address = server.address();
      return { token: `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}` };
    };
    super({ ...facts, answers: { ...facts.answers, "azure-native:authorization:getClientToken": token } });
  }

  readonly #api = azureApi(
    {
      ...nothingYet,
      scaleSets: () =>
        this.#scaleSets().map((scaleSet) => {
          const { sku } = scaleSetInputs.parse(scaleSet.inputs);
          return { id: scaleSet.id, vmSize: sku.name, capacity: sku.capacity, model: modelOf(scaleSet) };
        }),
      machines: (id) => this.#machinesOf(id),
      upgrade: (id) => this.#upgrades.get(id),
    },
    (path) => this.journal.push(`ask ${path}`),
  );

  override async create(wanted: Wanted) {
    this.#note("create", wanted);
    return super.create(wanted);
  }

  override async update(existing: Existing, inputs: Existing["inputs"]) {
    this.#note("update", existing);
    if (existing.type === scaleSetType) {
      const { id } = existing;
      const now = this.#scaleSets().find((scaleSet) => scaleSet.id === id) ?? existing;
      const { capacity } = scaleSetInputs.parse(now.inputs).sku;
      const sent = scaleSetInputs.parse(inputs).sku.capacity;
      if (sent < capacity)
        throw new Error(`The update takes machines away: there are ${capacity}, and it sends ${sent}`);
      // They are as they were until an upgrade has come to them.
      this.#machinesOf(id);
      if (modelOf({ ...now, inputs }) !== modelOf(now)) {
        this.#upgrades.set(id, { code: "RollingForward", startTime: new Date().toISOString() });
      }
    }
    return super.update(existing, inputs);
  }

  override async delete(existing: Existing) {
    this.#note("delete", existing);
    const isUsed = [...this.#machines.values()]
      .flat()
      .some(({ profile }) => profile.includes(`${existing.id}/`));
    if (existing.type === balancerType && isUsed) {
      throw new Error("LoadBalancerInUseByVirtualMachineScaleSet: machines are in its pool");
    }
    if (existing.type === scaleSetType) this.#machines.delete(existing.id);
    return super.delete(existing);
  }

  #note(operation: string, { type, name }: Wanted): void {
    this.journal.push(`${operation} ${type.replace("azure-native:", "")} ${name}`);
  }

  #scaleSets(): readonly Existing[] {
    return [...this.resources.values()].filter(({ type }) => type === scaleSetType);
  }

  /** The machines after what has happened to them: an upgrade, and scaling. */
  #machinesOf(id: string): readonly Made[] {
    const scaleSet = this.#scaleSets().find((each) => each.id === id);
    if (scaleSet === undefined) return [];
    const upgrade = this.#upgrades.get(id);
    if (upgrade?.code === "RollingForward") {
      this.#upgrades.set(id, { ...upgrade, code: this.upgradesEnd });
      const model = modelOf(scaleSet);
      if (this.upgradesEnd === "Completed") {
        this.#machines.set(
          id,
          (this.#machines.get(id) ?? []).map((machine) =>
            machine.model === model ? machine : this.#machine(scaleSet),
          ),
        );
      }
    }
    const machines = this.#machines.get(id) ?? [];
    while (machines.length < scaleSetInputs.parse(scaleSet.inputs).sku.capacity)
      machines.push(this.#machine(scaleSet));
    this.#machines.set(id, machines);
    return machines;
  }

  #machine(scaleSet: Existing): Made {
    this.#numbers += 1;
    return {
      vmId: `machine-${this.#numbers}`,
      model: modelOf(scaleSet),
      isHealthy: true,
      profile: JSON.stringify(scaleSet.inputs["virtualMachineProfile"]),
    };
  }
}

function modelOf({ inputs }: Existing): string | undefined {
  const { extensions } = scaleSetInputs.parse(inputs).virtualMachineProfile.extensionProfile;
  return extensions.find(({ name }) => name === "health")?.forceUpdateTag;
}
