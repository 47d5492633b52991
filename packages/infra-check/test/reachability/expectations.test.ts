/**
 * Shows that the list of expectations holds for networks of both clouds' shapes, and that each expectation is broken by the
 * change that it is there for. Whether the real programs keep it is shown beside each program.
 */
import { test } from "tap";
import { expectations } from "../../src/reachability/expectations.ts";
import { GUARANTEES, type Guarantees } from "../../src/reachability/guarantees.ts";
import {
  ALL_PORTS,
  type FilterRule,
  type Host,
  type Service,
  type Topology,
} from "../../src/reachability/topology.ts";
import { passedThrough, proxied } from "./examples.ts";

const azureGuarantees: Guarantees = { ...GUARANTEES, clientRanges: ["0.0.0.0/0"] };

/** The titles of what is broken. */
function broken(topology: Topology, guarantees: Guarantees = GUARANTEES): readonly string[] {
  return expectations(topology, guarantees)
    .filter(({ violations }) => violations.length > 0)
    .map(({ title }) => title);
}

function changeHosts(
  topology: Topology,
  role: Host["role"],
  change: (host: Host) => Partial<Host>,
): Topology {
  return {
    ...topology,
    hosts: topology.hosts.map((host) => (host.role === role ? { ...host, ...change(host) } : host)),
  };
}

/** Puts a rule before all others of the hosts of one role. */
function addRule(topology: Topology, role: Host["role"], rule: Partial<FilterRule>): Topology {
  const added: FilterRule = {
    name: "added",
    action: "allow",
    direction: "in",
    protocol: "tcp",
    ports: [{ first: 22, last: 22 }],
    peers: ["0.0.0.0/0"],
    ...rule,
  };
  return changeHosts(topology, role, ({ filters }) => ({
    filters: filters.map((filter) => ({ ...filter, rules: [added, ...filter.rules] })),
  }));
}

const sentence = {
  reach: "clients reach the balancer on each of its ports, in each of its subnets",
  nothingElse: "the Internet reaches nothing else",
  listen: "the balancer listens on the ports that are open to clients, and on no other",
  serve: "the balancer reaches every instance on the instances' port",
  forwards: "the balancer leads to single instances where that is guaranteed, and nowhere else",
  onlyBalancer:
    "only the balancer reaches instances, on the declared ports, and a bastion where there is one",
  neighbours: "no instance reaches another",
  balancerOut: "the balancer reaches nothing but instances",
  bastion:
    "a bastion is there where it is guaranteed, opens shells on every instance, and reaches nothing else",
  out: "instances reach the outside by the declared way only, on the declared ports",
  endpoints: "instances reach the cloud's endpoints on TCP 443 only, and nobody else does",
  wayOut: "every instance has the way out that is declared",
};

test("networks of both shapes keep every guarantee", async (t) => {
  for (const { title, violations } of expectations(proxied, GUARANTEES))
    t.strictSame(violations, [], `proxy: ${title}`);
  for (const { title, violations } of expectations(passedThrough, azureGuarantees)) {
    t.strictSame(violations, [], `pass-through: ${title}`);
  }
});

test("the sentences", async (t) => {
  t.strictSame(
    expectations(proxied, GUARANTEES).map(({ title }) => title),
    Object.values(sentence),
  );
});

test("a port of the balancer opened by mistake, to one network only", async (t) => {
  const topology = addRule(proxied, "balancer", { peers: ["203.0.113.0/24"] });
  t.strictSame(broken(topology), [sentence.nothingElse]);
  const { violations } = expectations(topology, GUARANTEES)[1] ?? {};
  t.match(violations, [
    /^TCP 22 over IPv4: the Internet \(203\.0\.113\.0\) > internet gateway > public-a > balancer/,
    /public-b/,
  ]);
});

test("all protocols opened over IPv6 only", async (t) => {
  t.strictSame(broken(addRule(proxied, "balancer", { protocol: "any", peers: ["::/0"] })), [
    sentence.nothingElse,
  ]);
});

test("clients shut out, over one IP version or by range", async (t) => {
  t.strictSame(
    broken(
      addRule(proxied, "balancer", { action: "deny", ports: [{ first: 80, last: 80 }], peers: ["::/0"] }),
    ),
    [sentence.reach],
  );
  const ranges = { ...GUARANTEES, clientRanges: ["203.0.113.0/24"] };
  t.strictSame(broken(proxied, ranges), [sentence.nothingElse], "open to all, guaranteed to one network");
  const shut = addRule(proxied, "balancer", { action: "deny", protocol: "any", ports: [ALL_PORTS] });
  t.strictSame(broken(shut, ranges), [sentence.reach, sentence.nothingElse], "IPv4 shut, IPv6 open");
});

test("a listener that is missing, and one too many", async (t) => {
  t.strictSame(broken(proxied, { ...GUARANTEES, clientPorts: [80, 443] }), [sentence.reach, sentence.listen]);
});

test("a listener that only redirects, beside one that sends requests on", async (t) => {
  const redirecting = (topology: Topology) => ({
    ...topology,
    balancers: topology.balancers.map((balancer) => ({
      ...balancer,
      listeners: [...balancer.listeners, { protocol: "tcp" as const, port: 8080, backend: undefined }],
    })),
  });
  const both = { ...GUARANTEES, clientPorts: [80, 8080] };
  const opened = addRule(redirecting(proxied), "balancer", {
    ports: [{ first: 8080, last: 8080 }],
    peers: ["0.0.0.0/0", "::/0"],
  });
  t.strictSame(broken(opened, both), []);
  t.strictSame(broken(redirecting(passedThrough), { ...azureGuarantees, clientPorts: [80, 8080] }), []);
});

test("an instance that no balancer serves, or that none reaches", async (t) => {
  const balancers = proxied.balancers.map((balancer) => ({ ...balancer, listeners: [] }));
  t.strictSame(broken({ ...proxied, balancers }), [sentence.listen, sentence.serve, sentence.onlyBalancer]);
  const deaf = addRule(proxied, "instance", { action: "deny", ports: [{ first: 80, last: 80 }] });
  t.strictSame(broken(deaf), [sentence.serve]);
});

test("instances open to the whole network: the balancer's filter still holds, the neighbours' does not", async (t) => {
  const open = { ports: [{ first: 443, last: 443 }], peers: ["10.0.0.0/16"] };
  t.strictSame(broken(addRule(proxied, "instance", open)), [sentence.onlyBalancer, sentence.neighbours]);
});

test("by priority: a rule above the denial opens the network, one below does not", async (t) => {
  const subnetOpen = {
    ...passedThrough,
    subnets: passedThrough.subnets.map((subnet) => ({ ...subnet, filters: [] })),
  };
  t.strictSame(broken(subnetOpen, azureGuarantees), [], "the network interface's filter is enough");
  const outAndIn = (direction: "in" | "out") => ({
    direction,
    peers: ["10.0.0.0/16"],
    ports: [{ first: 22, last: 22 }],
  });
  const both = addRule(addRule(subnetOpen, "instance", outAndIn("in")), "instance", outAndIn("out"));
  t.strictSame(broken(both, azureGuarantees), [sentence.onlyBalancer, sentence.neighbours]);
});

test("pass-through: a rule for probes alone shuts every client out", async (t) => {
  const probesOnly = addRule(passedThrough, "instance", { action: "deny", ports: [{ first: 80, last: 80 }] });
  t.strictSame(broken(probesOnly, azureGuarantees), [sentence.reach]);
});

test("public addresses of instances, in a subnet with a route to the Internet", async (t) => {
  const exposed = addRule(
    changeHosts(proxied, "instance", () => ({ subnet: "public-a", publicOver: [4] })),
    "instance",
    {},
  );
  t.strictSame(broken(exposed), [sentence.nothingElse, sentence.onlyBalancer, sentence.out, sentence.wayOut]);
});

test("a balancer that reaches out", async (t) => {
  t.strictSame(broken(addRule(proxied, "balancer", { direction: "out" })), [sentence.balancerOut]);
});

test("instances that reach out on other ports, or by another zone's gateway, or not at all", async (t) => {
  t.strictSame(broken(addRule(proxied, "instance", { direction: "out" })), [sentence.out]);
  t.strictSame(broken(proxied, { ...GUARANTEES, wayOut: "natOfZone" }), [sentence.out, sentence.wayOut]);
  t.strictSame(broken(proxied, { ...GUARANTEES, wayOut: "endpoints" }), [sentence.out, sentence.wayOut]);
  t.strictSame(
    broken(passedThrough, { ...azureGuarantees, wayOut: "natOfZone" }),
    [],
    "a gateway outside of zones",
  );
});

test("endpoints: for instances only, on 443", async (t) => {
  const endpoint: Host = {
    id: "endpoint",
    name: "endpoint",
    role: "endpoint",
    subnet: "private-a",
    addresses: ["10.0.10.9"],
    publicOver: [],
    filters: [
      {
        id: "e",
        name: "e",
        rules: [
          {
            name: "in",
            action: "allow",
            direction: "in",
            protocol: "tcp",
            ports: [{ first: 443, last: 443 }],
            peers: ["10.0.0.0/16"],
          },
        ],
      },
    ],
  };
  const withEndpoint = {
    ...proxied,
    subnets: proxied.subnets.map((subnet) =>
      subnet.id.startsWith("private")
        ? { ...subnet, routes: subnet.routes.filter(({ to }) => to === "local") }
        : subnet,
    ),
    hosts: [...proxied.hosts, endpoint],
  };
  t.strictSame(broken(withEndpoint, { ...GUARANTEES, wayOut: "endpoints" }), []);
  const curious = addRule(withEndpoint, "balancer", { direction: "out", ports: [{ first: 443, last: 443 }] });
  t.strictSame(broken(curious, { ...GUARANTEES, wayOut: "endpoints" }), [
    sentence.balancerOut,
    sentence.endpoints,
  ]);
});

const probes: Service = {
  id: "probes",
  name: "health probes",
  prefixes: ["168.63.129.16/32"],
  connectsTo: "everyHost",
};

/** The example that passes packets through, with forwards to single instances and a service that probes. */
function withForwards(ports = { first: 50_000, last: 50_001 }): Topology {
  const hosts = passedThrough.hosts.map(({ id }) => id);
  return {
    ...passedThrough,
    services: [probes],
    balancers: passedThrough.balancers.map((balancer) => ({
      ...balancer,
      prober: probes.id,
      forwards: [{ protocol: "tcp", ports, port: 8080, hosts }],
    })),
  };
}

/** Puts a rule before all others, of hosts and subnets. */
function addEverywhere(topology: Topology, rule: Partial<FilterRule>): Topology {
  const opened = addRule(topology, "instance", rule);
  const [host] = opened.hosts;
  return {
    ...opened,
    subnets: opened.subnets.map((subnet) => ({ ...subnet, filters: host?.filters ?? [] })),
  };
}

const on8080 = { ports: [{ first: 8080, last: 8080 }] };
const support = { ...azureGuarantees, forwards: { instancePort: 8080, ranges: ["203.0.113.0/24"] } };
const nobody = { ...azureGuarantees, forwards: { instancePort: 8080, ranges: [] } };

test("probes that are not admitted, although clients are", async (t) => {
  const shut = { action: "deny", protocol: "any", ports: [ALL_PORTS], peers: probes.prefixes } as const;
  t.strictSame(broken(withForwards(), nobody), []);
  const topology = addRule(withForwards(), "instance", shut);
  t.strictSame(broken(topology, nobody), [sentence.serve]);
  t.match(expectations(topology, nobody)[3]?.violations, [/balancer can't ask instance 1/, /instance 2/]);
});

test("forwards to single instances: from where it is guaranteed, and nobody else", async (t) => {
  const opened = addEverywhere(withForwards(), { ...on8080, peers: ["203.0.113.0/24"] });
  t.strictSame(broken(opened, support), []);
  t.strictSame(broken(withForwards(), support), [sentence.forwards], "the filter admits nobody");
  t.strictSame(broken(opened, nobody), [sentence.nothingElse, sentence.onlyBalancer]);
  const wide = addEverywhere(withForwards(), { ...on8080, peers: ["0.0.0.0/0"] });
  t.ok(broken(wide, support).includes(sentence.nothingElse));
});

test("forwards that nobody guaranteed, that lead elsewhere, or that are too few", async (t) => {
  t.strictSame(broken(withForwards(), azureGuarantees), [sentence.forwards]);
  t.strictSame(broken(withForwards({ first: 50_000, last: 50_000 }), nobody), [sentence.forwards]);
  t.strictSame(broken(passedThrough, nobody), [sentence.forwards]);
  const elsewhere = expectations(withForwards(), {
    ...nobody,
    forwards: { instancePort: 22, ranges: [] },
  })[4];
  t.match(elsewhere?.violations, [/leads to port 8080/, /leads to no port 22 of instance 1/, /instance 2/]);
});

/** The example of a proxy, with a bastion that may open shells on instances. */
const withBastion: Topology = addRule(
  {
    ...proxied,
    hosts: [
      ...proxied.hosts,
      {
        id: "bastion",
        name: "bastion",
        role: "bastion",
        subnet: "public-a",
        addresses: ["10.0.0.9"],
        publicOver: [4],
        filters: [
          {
            id: "b",
            name: "b",
            rules: [
              { ...shellRule("sessions", "in", 443), peers: ["0.0.0.0/0"], except: ["10.0.0.0/16"] },
              { ...shellRule("parts", "in", 8080), peers: ["10.0.0.0/16"] },
              { ...shellRule("shells", "out", 22), peers: ["10.0.0.0/16"] },
            ],
          },
        ],
      },
    ],
  },
  "instance",
  { peers: ["10.0.0.9"] },
);

function shellRule(name: string, direction: "in" | "out", port: number): FilterRule {
  return {
    name,
    action: "allow",
    direction,
    protocol: "tcp",
    ports: [{ first: port, last: port }],
    peers: [],
  };
}

test("a bastion opens shells where it is guaranteed, and nothing else", async (t) => {
  const guarantees = { ...GUARANTEES, bastion: true };
  t.strictSame(broken(withBastion, guarantees), []);
  t.strictSame(broken(withBastion), [sentence.nothingElse, sentence.onlyBalancer, sentence.bastion]);
  t.strictSame(broken(proxied, guarantees), [sentence.bastion], "none is there");
  const web = addRule(addRule(withBastion, "bastion", { direction: "out", ports: [ALL_PORTS] }), "instance", {
    ports: [{ first: 80, last: 80 }],
    peers: ["10.0.0.9"],
  });
  t.ok(broken(web, guarantees).includes(sentence.onlyBalancer));
  t.ok(broken(web, guarantees).includes(sentence.bastion));
});

test("what Azure demands of a bastion: its parts, and a gateway beside it reaches them", async (t) => {
  const reaching = addRule(withBastion, "balancer", {
    direction: "out",
    peers: ["10.0.0.9"],
    ports: [ALL_PORTS],
  });
  t.strictSame(broken(reaching, { ...GUARANTEES, bastion: true }), []);
  const pinging = addRule(
    addRule(reaching, "balancer", { direction: "out", peers: ["10.0.0.9"], protocol: "icmp" }),
    "bastion",
    {
      protocol: "icmp",
      peers: ["10.0.0.0/16"],
    },
  );
  t.strictSame(broken(pinging, { ...GUARANTEES, bastion: true }), []);
});

test("a balancer that may reach the Internet", async (t) => {
  const reaching = addRule(proxied, "balancer", { direction: "out" });
  t.strictSame(broken(reaching, { ...GUARANTEES, balancerReachesOut: true }), []);
});

test("a way out that nobody declared", async (t) => {
  const topology: Topology = {
    ...passedThrough,
    gateways: [{ id: "nat", name: "undeclared", kind: "undeclared", network: "vpc" }],
  };
  t.strictSame(broken(topology, azureGuarantees), [sentence.out, sentence.wayOut]);
});
