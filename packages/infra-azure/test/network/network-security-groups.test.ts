/** Shows which rules the network security groups have. What they mean for who reaches whom, reachability.test.ts computes. */
import { isProperties, type Properties, type RecordedResource } from "@sorted/infra-check";
import { test } from "tap";
import { idIn, ofType, one, record } from "../configurations.ts";

type Program = Awaited<ReturnType<typeof record>>;

/** The rules of a group, by priority, in short: who, over what, to where, on which ports. */
function rulesOf(program: Program, name: string, direction: string): readonly string[] {
  return rulesIn(one(program, "network:NetworkSecurityGroup", name))
    .filter((rule) => rule["direction"] === direction)
    .toSorted((one, other) => Number(one["priority"]) - Number(other["priority"]))
    .map(inShort);
}

function rulesIn({ name, inputs: { securityRules } }: RecordedResource): readonly Properties[] {
  if (!Array.isArray(securityRules)) throw new Error(`${name} has no rules`);
  return securityRules.filter(isProperties);
}

function inShort(rule: Properties): string {
  const { priority, access, protocol } = rule;
  const from = rule["sourceAddressPrefix"] ?? rule["sourceAddressPrefixes"];
  const ports = rule["destinationPortRange"] ?? rule["destinationPortRanges"];
  return `${priority} ${access} ${protocol} from ${from} to ${rule["destinationAddressPrefix"]} ports ${ports}`;
}

const clients = "100 Allow Tcp from Internet to 10.0.0.0/20 ports 80";
const probes = "110 Allow Tcp from AzureLoadBalancer to 10.0.0.0/20 ports 80";
const nobodyElse = "4096 Deny * from * to * ports *";

test("behind a load balancer both groups admit clients and probes to port 80, and nobody else", async (t) => {
  const program = await record("least");
  for (const name of ["sorted-balancer", "sorted-machines"]) {
    t.strictSame(rulesOf(program, name, "Inbound"), [clients, probes, nobodyElse], name);
  }
});

test("each group is in its resource group: ServerLB's on the machines' subnet, ServerVM's on their network interfaces", async (t) => {
  const program = await record("least");
  const ofBalancer = one(program, "network:NetworkSecurityGroup", "sorted-balancer");
  const ofMachines = one(program, "network:NetworkSecurityGroup", "sorted-machines");
  t.equal(ofBalancer.inputs["resourceGroupName"], "ServerLB");
  t.equal(ofMachines.inputs["resourceGroupName"], "ServerVM");
  t.hasStrict(one(program, "network:Subnet").inputs, { networkSecurityGroup: { id: ofBalancer.id } });
  t.hasStrict(one(program, "compute:VirtualMachineScaleSet").inputs, {
    virtualMachineProfile: {
      networkProfile: {
        networkInterfaceConfigurations: [{ networkSecurityGroup: { id: ofMachines.id } }],
      },
    },
  });
});

test("clients may be some ranges only", async (t) => {
  const program = await record("someClients");
  for (const name of ["sorted-balancer", "sorted-machines"]) {
    t.equal(
      rulesOf(program, name, "Inbound")[0],
      "100 Allow Tcp from 198.51.100.0/24,203.0.113.0/24 to 10.0.0.0/20 ports 80",
      name,
    );
  }
});

test("inbound NAT is for the given ranges, to another port than clients'; by default for nobody", async (t) => {
  const nat = "120 Allow Tcp from 198.51.100.0/24 to 10.0.0.0/20 ports 8080";
  const given = await record("nat");
  for (const name of ["sorted-balancer", "sorted-machines"]) {
    t.strictSame(rulesOf(given, name, "Inbound"), [clients, probes, nat, nobodyElse], name);
  }
  t.notMatch(rulesOf(await record("least"), "sorted-machines", "Inbound").join("\n"), "8080");
});

test("an application gateway is reached by clients and by Azure, which runs it", async (t) => {
  const program = await record("applicationGateway");
  t.strictSame(rulesOf(program, "sorted-balancer", "Inbound"), [
    "100 Allow Tcp from Internet to 10.0.128.0/20 ports 80,443",
    "110 Allow Tcp from GatewayManager to * ports 65200-65535",
    "120 Allow * from AzureLoadBalancer to * ports *",
    nobodyElse,
  ]);
  t.hasStrict(one(program, "network:Subnet", "sorted-gateway").inputs, {
    addressPrefix: "10.0.128.0/20",
    networkSecurityGroup: { id: idIn("ServerLB", "Network/networkSecurityGroups/sorted-balancer") },
  });
});

test("behind an application gateway the machines admit that gateway only", async (t) => {
  const program = await record("applicationGateway");
  t.strictSame(rulesOf(program, "sorted-machines", "Inbound"), [
    "100 Allow Tcp from 10.0.128.0/20 to 10.0.0.0/20 ports 80",
    nobodyElse,
  ]);
  t.hasStrict(one(program, "network:Subnet", "sorted-machines").inputs, {
    networkSecurityGroup: { id: idIn("ServerVM", "Network/networkSecurityGroups/sorted-machines") },
  });
});

test("machines get out to the Internet's web ports, and not to each other", async (t) => {
  for (const configuration of ["least", "applicationGateway"] as const) {
    t.strictSame(rulesOf(await record(configuration), "sorted-machines", "Outbound"), [
      "100 Allow Tcp from 10.0.0.0/20 to Internet ports 80,443",
      nobodyElse,
    ]);
  }
});

test("only Bastion, where there is one, reaches the port of shells", async (t) => {
  const shell = "130 Allow Tcp from 10.0.144.0/20 to 10.0.0.0/20 ports 22";
  const program = await record("bastion");
  for (const name of ["sorted-balancer", "sorted-machines"]) {
    t.strictSame(rulesOf(program, name, "Inbound"), [clients, probes, shell, nobodyElse], name);
  }
  t.ok(rulesOf(await record("gatewayAndBastion"), "sorted-machines", "Inbound").includes(shell));
});

test("Bastion's own subnet has the rules that Azure demands", async (t) => {
  const program = await record("bastion");
  t.strictSame(rulesOf(program, "sorted", "Inbound"), [
    "100 Allow Tcp from Internet to * ports 443",
    "110 Allow Tcp from GatewayManager to * ports 443",
    "120 Allow Tcp from AzureLoadBalancer to * ports 443",
    "130 Allow * from VirtualNetwork to VirtualNetwork ports 8080,5701",
    nobodyElse,
  ]);
  t.strictSame(rulesOf(program, "sorted", "Outbound"), [
    "100 Allow Tcp from * to VirtualNetwork ports 22,3389",
    "110 Allow Tcp from * to AzureCloud ports 443",
    "120 Allow * from VirtualNetwork to VirtualNetwork ports 8080,5701",
    "130 Allow Tcp from * to Internet ports 80",
    nobodyElse,
  ]);
});

test("each rule says what it is for, in as many characters as Azure takes", async (t) => {
  for (const configuration of ["nat", "gatewayAndBastion"] as const) {
    for (const group of ofType(await record(configuration), "network:NetworkSecurityGroup")) {
      for (const { name, description } of rulesIn(group)) {
        t.match(description, /^[A-Z].{10,139}$/, `${group.name} ${String(name)}`);
      }
    }
  }
});
