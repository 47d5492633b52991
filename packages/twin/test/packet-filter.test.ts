/** Shows what of the model's rules has a form that nftables could take for another. That they agree is a system check's. */
import { ALL_PORTS, type Filter, type FilterRule } from "@sorted/infra-check/reachability";
import { test } from "tap";
import { packetFilter } from "../src/packet-filter.ts";

const rule: FilterRule = {
  name: "rule",
  action: "allow",
  direction: "in",
  protocol: "tcp",
  ports: [{ first: 80, last: 80 }],
  peers: ["10.0.0.0/16"],
};

/** The lines for what comes in by one rule. */
function lines(changes: Partial<FilterRule>): readonly string[] {
  const filter: Filter = { id: "filter", name: "filter", rules: [{ ...rule, ...changes }] };
  const [, chain = ""] =
    /chain in_0 \{([^}]*(?:\{[^}]*\}[^}]*)*?)\n {4}\}/.exec(packetFilter([filter])) ?? [];
  return chain.trim().split(/\n\s*/);
}

test("a rule is for the IP versions of its peers, and what no rule allows is dropped", async (t) => {
  t.strictSame(lines({}), [
    "meta nfproto ipv4 meta l4proto tcp th dport { 80-80 } ip saddr { 10.0.0.0/16 } return",
    "drop",
  ]);
  t.strictSame(lines({ peers: ["::/0"] }), [
    "meta nfproto ipv6 meta l4proto tcp th dport { 80-80 } return",
    "drop",
  ]);
});

test("a rule for no address of a host is for no packet", async (t) => {
  t.strictSame(lines({ own: [] }), ["drop"]);
});

test("a rule may leave addresses out, and be for some of the host's own", async (t) => {
  t.strictSame(lines({ except: ["10.0.9.0/24"], own: ["10.0.1.4/32"] }), [
    "meta nfproto ipv4 meta l4proto tcp th dport { 80-80 } ip saddr { 10.0.0.0/16 } ip daddr { 10.0.1.4/32 } ip saddr != { 10.0.9.0/24 } return",
    "drop",
  ]);
});

test("a rule that denies drops, before a later one allows", async (t) => {
  const filter: Filter = { id: "filter", name: "filter", rules: [{ ...rule, action: "deny" }, rule] };
  t.match(packetFilter([filter]), /ip saddr \{ 10\.0\.0\.0\/16 \} drop\n.* return\n\s*drop/);
});

test("for what goes out, the peer is the destination", async (t) => {
  const filter: Filter = { id: "filter", name: "filter", rules: [{ ...rule, direction: "out" }] };
  t.match(packetFilter([filter]), /chain out_0 \{\n.* ip daddr \{ 10\.0\.0\.0\/16 \} return\n\s*drop/);
});

test("ports that lead to others of the host", async (t) => {
  t.match(packetFilter([], [{ from: 80, to: 3000 }]), /tcp dport 80 redirect to :3000/);
});

test("ICMP has no ports: a rule for ports of any protocol lets it pass", async (t) => {
  t.match(lines({ protocol: "any" }), [
    /meta l4proto \{ tcp, udp \} th dport/,
    /meta l4proto icmp ip saddr/,
    "drop",
  ]);
  t.match(lines({ protocol: "any", ports: [ALL_PORTS] }), [/ipv4 ip saddr/, "drop"]);
  t.match(lines({ protocol: "icmp", peers: ["::/0"] }), [
    "meta nfproto ipv6 meta l4proto ipv6-icmp return",
    "drop",
  ]);
});
