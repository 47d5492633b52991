import { test } from "tap";
import { isCidr, overlap, partOfRange } from "../src/addresses.ts";

test("a range has no host bits", async (t) => {
  for (const good of ["0.0.0.0/0", "10.0.0.0/8", "192.0.2.7/32", "::/0", "2001:db8::/48"]) {
    t.ok(isCidr(good), good);
  }
  for (const bad of [
    "",
    "10.0.0.1/8",
    "10.0.0.0",
    "10.0.0.0/33",
    "10.0.0/8",
    "2001:db8::1/48",
    "all",
    " ::/0",
  ]) {
    t.notOk(isCidr(bad), bad);
  }
});

test("a range is cut into equal parts, in order", async (t) => {
  t.equal(partOfRange("10.0.0.0/16", 4, 0), "10.0.0.0/20");
  t.equal(partOfRange("10.0.0.0/16", 4, 15), "10.0.240.0/20");
  t.equal(partOfRange("192.168.4.0/22", 4, 9), "192.168.6.64/26");
  t.equal(partOfRange("255.255.0.0/16", 1, 1), "255.255.128.0/17");
});

test("ranges overlap when one lies in the other", async (t) => {
  t.ok(overlap("10.0.0.0/8", "10.3.0.0/16"));
  t.ok(overlap("10.3.0.0/16", "10.0.0.0/8"));
  t.ok(overlap("10.0.0.0/16", "10.0.0.0/16"));
  t.notOk(overlap("10.0.0.0/16", "10.1.0.0/16"));
});
