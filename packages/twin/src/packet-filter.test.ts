/** Shows what of the model's rules has a form that nftables could take for another. That they agree is a system check's. */
import type { Filter, FilterRule } from "@sorted/infra-kit/testing/network";
import { test } from "tap";
import { packetFilter } from "./packet-filter.ts";

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

test("ICMP has no ports: a rule for ports of any protocol lets it pass", async (t) => {
  t.match(lines({ protocol: "any" }), [
    /meta l4proto \{ tcp, udp \} th dport/,
    /meta l4proto icmp ip saddr/,
    "drop",
  ]);
});
