/** Shows the arithmetic on which reachability rests, for both IP versions. */
import { test } from "tap";
import { addressIn, edges, holds, prefixLength, versionOf } from "../../src/reachability/address.ts";

test("a prefix holds its addresses and longer prefixes of the same version", async (t) => {
  t.ok(holds("10.0.0.0/16", "10.0.255.255"));
  t.ok(holds("10.0.0.0/16", "10.0.3.0/24"));
  t.ok(holds("2001:db8::/32", "2001:db8:1::"));
  t.ok(holds("0.0.0.0/0", "0.0.0.0"));
  t.notOk(holds("10.0.0.0/16", "10.1.0.0"));
  t.notOk(holds("10.0.3.0/24", "10.0.0.0/16"), "a shorter prefix is not held");
  t.notOk(holds("::/0", "10.0.0.1"), "nor is one of the other version");
});

test("what is not a prefix is named", async (t) => {
  t.throws(() => holds("10.0.0.0/33", "10.0.0.1"), /Not an IP prefix: 10\.0\.0\.0\/33/);
});

test("an address alone is a prefix of all its bits", async (t) => {
  t.equal(prefixLength("10.0.0.1"), 32);
  t.equal(prefixLength("2001:db8::1"), 128);
  t.equal(versionOf("10.0.0.0/8"), 4);
  t.equal(versionOf("2001:db8::1"), 6);
});

test("addresses are counted from the start of a prefix, whatever its host bits say", async (t) => {
  t.equal(addressIn("10.0.1.77/24", 10), "10.0.1.10");
  t.equal(addressIn("2001:db8::/64", 4), "2001:db8::4");
});

test("edges are the ends of a prefix and their neighbours outside", async (t) => {
  t.strictSame(edges("10.0.1.0/24"), ["10.0.1.0", "10.0.1.255", "10.0.0.255", "10.0.2.0"]);
  t.strictSame(edges("0.0.0.0/0"), ["0.0.0.0", "255.255.255.255"], "the whole space has no outside");
  t.strictSame(edges("2001:db8::/64")[3], "2001:db8:0:1::");
});
