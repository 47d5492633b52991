import fc from "fast-check";
import ipaddr from "ipaddr.js";
import { test } from "tap";
import { isVpcCidr, privateCidr, publicCidr, publicIpv6Cidr } from "../../src/network/addresses.ts";

test("the default range leaves room for six zones and more tiers", async (t) => {
  const zones = [0, 1, 2, 3, 4, 5];
  t.strictSame(
    zones.map((zone) => privateCidr("10.0.0.0/16", zone)),
    ["10.0.0.0/20", "10.0.16.0/20", "10.0.32.0/20", "10.0.48.0/20", "10.0.64.0/20", "10.0.80.0/20"],
  );
  t.strictSame(
    zones.map((zone) => publicCidr("10.0.0.0/16", zone)),
    ["10.0.128.0/20", "10.0.144.0/20", "10.0.160.0/20", "10.0.176.0/20", "10.0.192.0/20", "10.0.208.0/20"],
  );
});

test("whatever the range, subnets lie in it, apart from each other, with 32 addresses or more", async (t) => {
  fc.assert(
    fc.property(fc.integer({ min: 16, max: 23 }), fc.ipV4(), (prefix, address) => {
      const vpc = `${ipaddr.IPv4.networkAddressFromCIDR(`${address}/${prefix}`)}/${prefix}`;
      const [network] = ipaddr.IPv4.parseCIDR(vpc);
      const subnets = [0, 1, 2, 3, 4, 5]
        .flatMap((zone) => [privateCidr(vpc, zone), publicCidr(vpc, zone)])
        .map((subnet) => ipaddr.IPv4.parseCIDR(subnet));
      return subnets.every(
        ([first, bits], index) =>
          bits <= 27 &&
          first.match([network, prefix]) &&
          subnets.every(([other], another) => another === index || !other.match([first, bits])),
      );
    }),
  );
  t.pass();
});

test("IPv6 subnets are numbered within the /56 that Amazon gave", async (t) => {
  t.equal(publicIpv6Cidr("2001:db8:1234:1a00::/56", 0), "2001:db8:1234:1a00::/64");
  t.equal(publicIpv6Cidr("2001:db8:1234:1a00::/56", 5), "2001:db8:1234:1a05::/64");
  t.equal(publicIpv6Cidr("2001:db8::/56", 1), "2001:db8:0:1::/64");
});

test("a VPC has an IPv4 range from /16 to /23", async (t) => {
  for (const good of ["10.0.0.0/16", "172.16.0.0/20", "192.168.2.0/23", "100.64.0.0/16"])
    t.ok(isVpcCidr(good), good);
  for (const bad of [
    "10.0.0.0/8",
    "10.0.0.0/15",
    "10.0.0.0/24",
    "10.0.1.0/16",
    "2001:db8::/20",
    "10.0.0.0",
    "8.8.0.0/16",
  ]) {
    t.notOk(isVpcCidr(bad), bad);
  }
});
