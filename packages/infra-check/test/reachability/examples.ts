/** Two small networks of both clouds' shapes that keep all guarantees; tests break them one by one. */
import {
  ALL_PORTS,
  type Filter,
  type FilterRule,
  type Host,
  type Subnet,
  type Topology,
} from "../../src/reachability/topology.ts";

const anywhere = ["0.0.0.0/0", "::/0"];

function allow(name: string, direction: "in" | "out", port: number, peers: readonly string[]): FilterRule {
  return { name, action: "allow", direction, protocol: "tcp", ports: [{ first: port, last: port }], peers };
}

function subnet(name: string, zone: string, prefixes: readonly string[], routes: Subnet["routes"]): Subnet {
  const local = ["10.0.0.0/16", "2001:db8:0:100::/56"].map((prefix) => ({ prefix, to: "local" }));
  return { id: name, name, network: "vpc", zone, prefixes, routes: [...local, ...routes], filters: [] };
}

const toInternet = anywhere.map((prefix) => ({ prefix, to: "internet" }));
const toNat = [{ prefix: "0.0.0.0/0", to: "nat" }];

function filter(name: string, rules: readonly FilterRule[]): Filter {
  return { id: name, name, rules };
}

const balancerFilter = filter("balancer's group", [
  allow("clients", "in", 80, anywhere),
  allow("to instances", "out", 80, ["10.0.10.4", "10.0.10.5", "10.0.11.4"]),
]);

const instanceFilter = filter("instances' group", [
  allow("from balancer", "in", 80, ["10.0.0.4", "10.0.1.4"]),
  allow("to outside", "out", 443, ["0.0.0.0/0"]),
]);

function balancerHost(zone: string, addresses: readonly string[]): Host {
  const name = `balancer in public-${zone}`;
  return {
    id: name,
    name,
    role: "balancer",
    subnet: `public-${zone}`,
    addresses,
    publicOver: [4, 6],
    filters: [balancerFilter],
  };
}

function instance(number: number, zone: string, address: string): Host {
  const name = `instance ${number}`;
  return {
    id: name,
    name,
    role: "instance",
    subnet: `private-${zone}`,
    addresses: [address],
    publicOver: [],
    filters: [instanceFilter],
  };
}

const instances = [
  instance(1, "a", "10.0.10.4"),
  instance(2, "a", "10.0.10.5"),
  instance(3, "b", "10.0.11.4"),
];

const healthCheck = {
  path: "/readyz",
  intervalSeconds: 5,
  timeoutSeconds: 4,
  unhealthyAfter: 2,
  healthyAfter: 2,
};

/** A proxy in public subnets, instances in private ones, allow lists, a NAT gateway: AWS's shape. */
export const proxied: Topology = {
  networks: [{ id: "vpc", name: "vpc", prefixes: ["10.0.0.0/16", "2001:db8:0:100::/56"] }],
  subnets: [
    subnet("public-a", "a", ["10.0.0.0/24", "2001:db8:0:100::/64"], toInternet),
    subnet("public-b", "b", ["10.0.1.0/24", "2001:db8:0:101::/64"], toInternet),
    subnet("private-a", "a", ["10.0.10.0/24"], toNat),
    subnet("private-b", "b", ["10.0.11.0/24"], toNat),
  ],
  gateways: [
    { id: "internet", name: "internet gateway", kind: "internet", network: "vpc" },
    { id: "nat", name: "nat gateway", kind: "nat", network: "vpc", subnet: "public-a" },
  ],
  hosts: [
    balancerHost("a", ["10.0.0.4", "2001:db8:0:100::4"]),
    balancerHost("b", ["10.0.1.4", "2001:db8:0:101::4"]),
    ...instances,
  ],
  balancers: [
    {
      id: "balancer",
      name: "balancer",
      mode: "proxy",
      hosts: ["balancer in public-a", "balancer in public-b"],
      publicOver: [4, 6],
      listeners: [
        {
          protocol: "tcp",
          port: 80,
          backend: { port: 80, hosts: instances.map(({ id }) => id), healthCheck },
        },
      ],
    },
  ],
  services: [],
};

const inNetwork = ["10.0.0.0/16"];
const any = { protocol: "any", ports: [ALL_PORTS] } as const;

/** Rules by priority, with the default ones at the end, and "Internet" as all but the network: Azure's shape. */
const prioritised = filter("ServerVM", [
  { ...allow("100 Internet", "in", 80, ["0.0.0.0/0"]), except: inNetwork },
  { ...any, name: "4096 deny", action: "deny", direction: "in", peers: anywhere },
  { ...any, name: "65000 virtual network", action: "allow", direction: "in", peers: inNetwork },
  allow("100 HTTPS", "out", 443, ["0.0.0.0/0"]),
  { ...any, name: "4096 deny", action: "deny", direction: "out", peers: anywhere },
]);

/** A balancer that passes packets through to instances of one subnet, with a NAT gateway outside of subnets. */
export const passedThrough: Topology = {
  networks: [{ id: "vpc", name: "vnet", prefixes: inNetwork }],
  subnets: [{ ...subnet("private-a", "a", ["10.0.10.0/24"], toNat), filters: [prioritised] }],
  gateways: [{ id: "nat", name: "nat gateway", kind: "nat", network: "vpc" }],
  hosts: instances
    .filter((host) => host.subnet === "private-a")
    .map((host) => ({ ...host, filters: [prioritised] })),
  balancers: [
    {
      id: "balancer",
      name: "balancer",
      mode: "passThrough",
      hosts: [],
      publicOver: [4],
      listeners: [
        {
          protocol: "tcp",
          port: 80,
          backend: { port: 80, hosts: ["instance 1", "instance 2"], healthCheck },
        },
      ],
    },
  ],
  services: [],
};
