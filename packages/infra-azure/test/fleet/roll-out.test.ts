/** Shows what is made of the machines that Azure names while an update rolls out. Can't show that Azure names them so. */
import { recordProgram } from "@sorted/infra-check";
import { azure, azureApi, type Machine, nothingYet, type Upgrade } from "@sorted/infra-check/azure";
import { test } from "tap";
import { rolledOut, watched } from "../../src/fleet/roll-out.ts";
import { type Machines, runningFleet } from "../../src/fleet/running-fleet.ts";
import { idIn } from "../configurations.ts";

const scaleSetId = idIn("ServerVM", "Compute/virtualMachineScaleSets/sorted");

/** As soon as can be asked again; for three questions nothing may get better. */
const soon = { pollSeconds: 0.001, mostSeconds: 0.003 };

const machine = (vmId: string, model: string, isHealthy = true): Machine => ({ vmId, model, isHealthy });
const old = [machine("a", "old"), machine("b", "old")];
const renewed = [machine("c", "new"), machine("d", "new")];

/** What Azure says at one time. */
interface Moment {
  readonly machines: readonly Machine[];
  readonly upgrade?: Upgrade;
}

const earlier: Upgrade = { code: "Faulted", startTime: "2026-01-01T00:00:00Z" };
const upgrade = (code: Upgrade["code"]): Upgrade => ({ code, startTime: "2026-01-02T00:00:00Z" });

/** The fleet before the update. */
const before: Machines = {
  machines: old.map(({ vmId, model, isHealthy }) => ({ id: vmId, model, isHealthy })),
  upgrade: { status: earlier.code, startTime: earlier.startTime },
};

/**
 * Watches a roll-out, of which Azure says one thing after another, and the last one for ever.
 *
 * @returns how often it was asked
 */
async function watch(was: Machines | undefined, ...moments: readonly Moment[]): Promise<number> {
  let asked = 0;
  const now = () => moments[Math.min(asked, moments.length) - 1];
  const state = {
    ...nothingYet,
    scaleSets: () => [{ id: scaleSetId, vmSize: "", capacity: 2, model: "new" }],
    machines: () => now()?.machines ?? [],
    upgrade: () => now()?.upgrade ?? (was && earlier),
  };
  const fetch = azureApi(state, (path) => {
    if (path.endsWith("/virtualMachines")) asked += 1;
  });
  await recordProgram({
    cloud: { ...azure, fetch },
    run: () => rolledOut({ scaleSetId, model: "new", wayBack: "pulumi up …" }, was, soon),
  });
  return asked;
}

test("it ends when every machine is new and healthy", async (t) => {
  const [c, d] = renewed;
  const asked = await watch(
    before,
    { machines: old, upgrade: upgrade("RollingForward") },
    { machines: [...old, machine("c", "new", false)], upgrade: upgrade("RollingForward") },
    { machines: [...old.slice(1), ...(c ? [c] : [])], upgrade: upgrade("RollingForward") },
    { machines: [...(c ? [c] : []), machine("d", "new", false)], upgrade: upgrade("Completed") },
    { machines: [...(c && d ? [c, d] : [])], upgrade: upgrade("Completed") },
  );
  t.equal(asked, 5);
});

test("it goes on for as long as something gets better", async (t) => {
  const fleet = Array.from({ length: 10 }, (_, i) => `m${i}`);
  const step = (done: number): Moment => ({
    machines: fleet.map((vmId, i) => (i < done ? machine(`${vmId}-new`, "new") : machine(vmId, "old"))),
  });
  const was = { ...before, machines: fleet.map((id) => ({ id, model: "old", isHealthy: true })) };
  const steps = fleet.flatMap((_, i) => [step(i), step(i)]);
  t.equal(await watch(was, ...steps, step(10)), 21);
});

for (const code of ["Faulted", "Cancelled"] as const) {
  test(`an upgrade that ends as ${code} is an error that says how to go back`, async (t) => {
    await t.rejects(watch(before, { machines: old, upgrade: upgrade(code) }), {
      message: `The rolling upgrade ended as ${code}. Machines that were not replaced still serve. To go back, run: pulumi up …`,
    });
  });
}

test("yesterday's failure is not today's", async (t) => {
  t.equal(
    await watch(before, { machines: old, upgrade: earlier }, { machines: renewed, upgrade: earlier }),
    2,
  );
});

test("an upgrade that never begins is an error", async (t) => {
  await t.rejects(watch(before, { machines: old }), { message: /^2 machines are not replaced\. / });
});

test("machines that were changed in place are not new, though Azure calls the upgrade complete", async (t) => {
  const inPlace = old.map((each) => ({ ...each, model: "new" }));
  await t.rejects(watch(before, { machines: inPlace, upgrade: upgrade("Completed") }), {
    message:
      /^2 machines were changed in place and still run the old image: Azure does that without the quota/,
  });
});

test("machines that never become healthy are an error, also at the first deployment", async (t) => {
  const sick = renewed.map((each) => ({ ...each, isHealthy: false }));
  await t.rejects(watch(undefined, { machines: sick }), { message: /^Not all machines become healthy\. / });
  await t.rejects(watch(undefined, { machines: [] }), { message: /^Not all machines become healthy\. / });
});

test("on the way back, machines that the failed upgrade did not reach may stay", async (t) => {
  const was = {
    ...before,
    machines: [
      { id: "a", model: "new", isHealthy: true },
      { id: "x", model: "bad", isHealthy: false },
    ],
  };
  const stayed = machine("a", "new");
  t.equal(
    await watch(
      was,
      { machines: [stayed, machine("x", "bad", false)] },
      { machines: [stayed, machine("c", "new")] },
    ),
    2,
  );
});

/** The update of a fleet that is so, by a model that may be another one; what it is when it is asked again. */
function update(
  fleet: Moment & { readonly model: string },
  model: string,
  { preview = false, later = fleet.machines } = {},
): Promise<unknown> {
  let asked = 0;
  const state = {
    ...nothingYet,
    scaleSets: () => [
      {
        id: idIn("ServerVM", "Compute/virtualMachineScaleSets/former"),
        vmSize: "",
        capacity: 1,
        model: "",
        timeCreated: "2025",
      },
      { id: scaleSetId, vmSize: "", capacity: 2, model: fleet.model, timeCreated: "2026" },
    ],
    machines: () => (asked > 1 ? later : fleet.machines),
    upgrade: () => fleet.upgrade,
  };
  const fetch = azureApi(state, (path) => {
    if (path.endsWith("/virtualMachines")) asked += 1;
  });
  return recordProgram({
    cloud: { ...azure, fetch },
    preview,
    run: async () => watched({ scaleSetId, model, wayBack: "pulumi up …" }, await runningFleet("ServerVM")),
  });
}

test("an update that changes no model waits for nothing, though a machine may be under repair", async (t) => {
  await t.resolves(update({ model: "new", machines: renewed }, "new"));
  await t.resolves(update({ model: "new", machines: [...renewed, machine("e", "new", false)] }, "new"));
  await t.resolves(update({ model: "new", machines: renewed, upgrade: earlier }, "new"));
});

test("it fails while machines are left of an earlier model, and waits if an upgrade is under way", async (t) => {
  const half = [machine("a", "old"), machine("c", "new")];
  await t.rejects(update({ model: "new", machines: half, upgrade: earlier }, "new"), {
    message:
      "1 of 2 machines are of an earlier model: its roll-out has failed. Machines that were not replaced still serve. To go back, run: pulumi up …",
  });
  const underWay = { model: "new", machines: half, upgrade: upgrade("RollingForward") };
  await t.resolves(update(underWay, "new", { later: renewed }));
});

test("a preview waits for nothing", async (t) => {
  await t.resolves(update({ model: "old", machines: old }, "new", { preview: true }));
});

test("going back ends at once where every machine is of that model", async (t) => {
  await t.resolves(update({ model: "bad", machines: renewed, upgrade: earlier }, "new"));
});
