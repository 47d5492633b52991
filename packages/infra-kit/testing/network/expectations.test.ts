/**
 * Shows that the list of expectations holds for networks of both clouds' shapes, and that each expectation is broken by the
 * change that it is there for. Whether the real programs keep it is shown beside each program.
 */
import { test } from "tap";
import { passedThrough, proxied } from "./examples.ts";
import { expectations } from "./expectations.ts";
import { PROMISES, type Promises } from "./promises.ts";
import { ALL_PORTS, type FilterRule, type Host, type Topology } from "./topology.ts";

const azurePromises: Promises = { ...PROMISES, clientRanges: ["0.0.0.0/0"] };

/** The titles of what is broken. */
function broken(topology: Topology, promises: Promises = PROMISES): readonly string[] {
  return expectations(topology, promises)
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
  forwards: "the balancer leads to single instances where that is promised, and nowhere else",
  onlyBalancer:
    "only the balancer reaches instances, on the declared ports, and a bastion where there is one",
  neighbours: "no instance reaches another",
  balancerOut: "the balancer reaches nothing but instances",
  bastion:
    "a bastion is there where it is promised, opens shells on every instance, and reaches nothing else",
  out: "instances reach the outside by the declared way only, on the declared ports",
  endpoints: "instances reach the cloud's endpoints on TCP 443 only, and nobody else does",
  wayOut: "every instance has the way out that is declared",
};

test("networks of both shapes keep every promise", async (t) => {
  for (const { title, violations } of expectations(proxied, PROMISES))
    t.strictSame(violations, [], `proxy: ${title}`);
  for (const { title, violations } of expectations(passedThrough, azurePromises)) {
    t.strictSame(violations, [], `pass-through: ${title}`);
  }
});

test("the sentences", async (t) => {
  t.strictSame(
    expectations(proxied, PROMISES).map(({ title }) => title),
    Object.values(sentence),
  );
});

test("a port of the balancer opened by mistake, to one network only", async (t) => {
  const topology = addRule(proxied, "balancer", { peers: ["203.0.113.0/24"] });
  t.strictSame(broken(topology), [sentence.nothingElse]);
  const { violations } = expectations(topology, PROMISES)[1] ?? {};
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
  const ranges = { ...PROMISES, clientRanges: ["203.0.113.0/24"] };
  t.strictSame(broken(proxied, ranges), [sentence.nothingElse], "open to all, promised to one network");
  const shut = addRule(proxied, "balancer", { action: "deny", protocol: "any", ports: [ALL_PORTS] });
  t.strictSame(broken(shut, ranges), [sentence.reach, sentence.nothingElse], "IPv4 shut, IPv6 open");
});

test("a listener that is missing, and one too many", async (t) => {
  t.strictSame(broken(proxied, { ...PROMISES, clientPorts: [80, 443] }), [sentence.reach, sentence.listen]);
});

test("a listener that only redirects, beside one that sends requests on", async (t) => {
  const redirecting = (topology: Topology) => ({
    ...topology,
    balancers: topology.balancers.map((balancer) => ({
      ...balancer,
      listeners: [...balancer.listeners, { protocol: "tcp" as const, port: 8080, backend: undefined }],
    })),
  });
  const both = { ...PROMISES, clientPorts: [80, 8080] };
  const opened = addRule(redirecting(proxied), "balancer", {
    ports: [{ first: 8080, last: 8080 }],
    peers: ["0.0.0.0/0", "::/0"],
  });
  t.strictSame(broken(opened, both), []);
  t.strictSame(broken(redirecting(passedThrough), { ...azurePromises, clientPorts: [80, 8080] }), []);
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
  t.strictSame(broken(subnetOpen, azurePromises), [], "the card's filter is enough");
  const outAndIn = (direction: "in" | "out") => ({
    direction,
    peers: ["10.0.0.0/16"],
    ports: [{ first: 22, last: 22 }],
  });
  const both = addRule(addRule(subnetOpen, "instance", outAndIn("in")), "instance", outAndIn("out"));
  t.strictSame(broken(both, azurePromises), [sentence.onlyBalancer, sentence.neighbours]);
});

test("pass-through: a rule for probes alone shuts every client out", async (t) => {
  const probesOnly = addRule(passedThrough, "instance", { action: "deny", ports: [{ first: 80, last: 80 }] });
  t.strictSame(broken(probesOnly, azurePromises), [sentence.reach]);
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
  t.strictSame(broken(proxied, { ...PROMISES, wayOut: "natOfZone" }), [sentence.out, sentence.wayOut]);
  t.strictSame(broken(proxied, { ...PROMISES, wayOut: "endpoints" }), [sentence.out, sentence.wayOut]);
  t.strictSame(
    broken(passedThrough, { ...azurePromises, wayOut: "natOfZone" }),
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
  t.strictSame(broken(withEndpoint, { ...PROMISES, wayOut: "endpoints" }), []);
  const curious = addRule(withEndpoint, "balancer", { direction: "out", ports: [{ first: 443, last: 443 }] });
  t.strictSame(broken(curious, { ...PROMISES, wayOut: "endpoints" }), [
    sentence.balancerOut,
    sentence.endpoints,
  ]);
});
