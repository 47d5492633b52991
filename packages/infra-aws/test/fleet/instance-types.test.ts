/** Shows that AWS is asked about the instance types in a preview, and what is made of its answers. */
import { mistakesOf } from "@sorted/infra-check";
import { test } from "tap";
import { record } from "../configurations.ts";

/** What a preview with these settings is answered with. */
const refused = (settings: Readonly<Record<string, unknown>>) => mistakesOf(record(settings, true));

test("a type that AWS doesn't have stops the preview, which names it", async (t) => {
  t.strictSame(await refused({ instanceTypes: ["t4g.smal"] }), [
    "sorted-aws:instanceTypes t4g.smal is not to be had in eu-central-1",
  ]);
});

test("a type of the other processor stops the preview, among several too", async (t) => {
  t.strictSame(await refused({ instanceTypes: ["g5.xlarge"] }), [
    "sorted-aws:instanceTypes g5.xlarge is x86_64, but architecture is arm64",
  ]);
  t.strictSame(
    await refused({ instanceTypes: ["g5.xlarge", "t4g.small"], architecture: "x86_64", spot: true }),
    ["sorted-aws:instanceTypes t4g.small is arm64, but architecture is x86_64"],
  );
});

test("a container that doesn't fit beside the host stops the preview, which says how much would", async (t) => {
  t.strictSame(await refused({ containerMemoryMiB: 1649 }), [
    "sorted-aws:containerMemoryMiB must be 1648 or less on a t4g.small, which has 2048 MiB",
  ]);
  t.strictSame(await refused({ instanceTypes: ["t4g.nano"], containerMemoryMiB: 128 }), [
    "sorted-aws:containerMemoryMiB must be 112 or less on a t4g.nano, which has 512 MiB",
  ]);
  await t.resolves(record({ containerMemoryMiB: 1648 }, true));
});

test("all types are asked about, and all mistakes said at once", async (t) => {
  const settings = {
    spot: true,
    instanceTypes: ["t4g.smal", "t3.small", "t4g.medium"],
    containerMemoryMiB: 4000,
  };
  t.strictSame(await refused(settings), [
    "sorted-aws:instanceTypes t4g.smal is not to be had in eu-central-1",
    "sorted-aws:instanceTypes t3.small is x86_64, but architecture is arm64",
    "sorted-aws:containerMemoryMiB must be 1648 or less on a t3.small, which has 2048 MiB",
    "sorted-aws:containerMemoryMiB must be 3696 or less on a t4g.medium, which has 4096 MiB",
  ]);
});

test("a function needs no instance type, and none is asked about", async (t) => {
  const { calls } = await record("balancedFunction");
  t.notOk(calls.some(({ token }) => token.includes("InstanceType")));
});
