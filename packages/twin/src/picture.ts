/** What runs where in a twin, as text. */
import type { Host as ModelHost, Subnet } from "@sorted/infra-check/reachability";
import type { Twin } from "./twin.ts";

/**
 * The Internet, the balancer, and each subnet with the hosts in it.
 *
 * @param twin a running twin
 */
export function pictureOf(twin: Twin): string {
  const { fabric, machineAddress, urls } = twin;
  const { topology } = fabric;
  const passing = fabric.passThroughs.map(
    ({ model, address }) => `${model.name}: passes packets of ${address} on (nftables)`,
  );
  const ways = topology.gateways.map(({ name, kind }) => `${name} (${kind})`);
  const lines = [
    `the Internet   you are ${machineAddress}; POST to ${urls.join(" or ")}`,
    ...[...passing, ...ways].map((line) => `│ ${line}`),
    ...topology.networks.flatMap(({ id, name, prefixes }) => [
      `└─ ${name}  ${prefixes.join("  ")}`,
      ...topology.subnets
        .filter(({ network }) => network === id)
        .flatMap((subnet) => subnetLines(twin, subnet)),
    ]),
  ];
  return lines.join("\n");
}

function subnetLines(twin: Twin, { id, name, zone, prefixes }: Subnet): readonly string[] {
  const hosts = twin.fabric.topology.hosts.filter(({ subnet }) => subnet === id);
  return [
    `   ├─ ${[name, zone, ...prefixes].filter(Boolean).join("  ")}`,
    ...hosts.flatMap((host) => hostLine(twin, host) ?? []).map((line) => `   │    ${line}`),
  ];
}

function hostLine(twin: Twin, model: ModelHost): string | undefined {
  const instance = twin.instances.find((candidate) => candidate.model.id === model.id);
  // A free place for another instance does not run.
  if (model.role === "instance" && !instance) return undefined;
  const what = instance
    ? `container ${instance.container.id.slice(0, 12)} of ${instance.image.slice(0, 19)}, zone ${twin.zoneOf(model)}`
    : `a namespace of process ${twin.fabric.hostOf(model.id)?.pid}${model.role === "balancer" ? " with HAProxy" : ""}`;
  const outer = twin.fabric.publicAddress(model.id);
  return [model.addresses.join("  "), outer && `(outside ${outer})`, `${model.name}:`, what]
    .filter(Boolean)
    .join(" ");
}
