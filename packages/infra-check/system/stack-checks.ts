/** What Pulumi's real engine must do with a program, whatever its cloud: the bodies of both programs' engine tests. */
import type { Test } from "tap";
import type { MemoryCloud } from "../src/engine/memory-cloud.ts";
import type { programStacks } from "../src/engine/program-stacks.ts";
import type { Run, Stack } from "../src/engine/stack.ts";

type Settings = Readonly<Record<string, unknown>>;

/** A program and its stand-in provider. */
export interface Subject {
  readonly stacks: ReturnType<typeof programStacks>;
  /** A new cloud in memory. */
  readonly newCloud: () => MemoryCloud;
}

/** A resource that a test speaks of. */
export interface Named {
  readonly type: string;
  readonly name: string;
}

/** A stack of the program in a cloud of its own, from its first preview to its end. */
export class StackLife {
  readonly cloud: MemoryCloud;
  readonly stack: Stack;
  readonly #stacks: Subject["stacks"];
  /** The preview before anything existed. */
  readonly #planned: Run;

  private constructor(cloud: MemoryCloud, stack: Stack, stacks: Subject["stacks"], planned: Run) {
    this.cloud = cloud;
    this.stack = stack;
    this.#stacks = stacks;
    this.#planned = planned;
  }

  /** Makes a stack with its own settings, and previews it. */
  static async begin(t: Test, { stacks, newCloud }: Subject, own: Settings): Promise<StackLife> {
    const cloud = newCloud();
    const stack = await stacks.stackOf(t, cloud, { stack: "life", settings: stacks.settings(own) });
    return new StackLife(cloud, stack, stacks, await stack.preview());
  }

  /** A preview before anything exists shows every resource and makes none. */
  showsEverything(t: Test): void {
    t.ok(this.#planned.succeeded, "it succeeds", { output: this.#planned.output });
    t.ok(this.#inCloud(this.#planned).every((step) => step.startsWith("create ")));
    t.equal(this.cloud.resources.size, 0);
  }

  /** An update in which a resource fails stops, says why, and keeps what it made. */
  async stopsAtFailure(
    t: Test,
    { failing, made, notMade }: { readonly failing: Named; readonly made: string; readonly notMade: string },
  ): Promise<void> {
    this.cloud.failing.add(`${failing.type}::${failing.name}`);
    const { succeeded, output } = await this.stack.up();
    t.notOk(succeeded);
    t.match(output, /InsufficientCapacity: the cloud has none left/);
    const types = [...this.cloud.resources.values()].map(({ type }) => type);
    t.ok(types.includes(made), "what doesn't need it is there");
    t.notOk(types.includes(notMade), "what needs it is not");
    const [provider] = failing.type.split(":");
    const inState = (await this.stack.types()).filter((type) => type.startsWith(`${provider}:`));
    t.same(inState.sort(), types.sort());
  }

  /** The next update makes the rest, and nothing twice. */
  async makesTheRest(t: Test): Promise<void> {
    this.cloud.failing.clear();
    const before = this.cloud.resources.size;
    const steps = await succeeds(t, this.stack.up(), this.#stacks);
    t.ok(steps.every((step) => step.startsWith("create ")));
    const all = this.#inCloud(this.#planned).length;
    t.equal(steps.length, all - before);
    t.equal(this.cloud.resources.size, all);
  }

  /** An update without a change changes nothing. */
  async changesNothing(t: Test): Promise<void> {
    const { succeeded, steps, output } = await this.stack.up();
    t.ok(succeeded, "it succeeds", { output });
    t.same(steps, []);
  }

  /** Other settings lead to exactly these changes, which a preview knows. */
  async changes(t: Test, own: Settings, steps: readonly string[]): Promise<void> {
    t.same(await becomes(t, this.stack, this.#stacks, own), steps);
  }

  /** A refresh finds a change behind Pulumi's back, and an update undoes it. */
  async undoesDrift(
    t: Test,
    { type, name }: Named,
    drift: Parameters<MemoryCloud["drift"]>[2],
    declared: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    this.cloud.drift(type, name, drift);
    const refreshed = await this.stack.refresh();
    t.ok(refreshed.succeeded, "it succeeds", { output: refreshed.output });
    t.match(refreshed.output, /~ 1 updated/);
    const [provider] = type.split(":");
    t.same(await succeeds(t, this.stack.up(), this.#stacks), [
      `update ${type.slice(`${provider}:`.length)} ${name}`,
    ]);
    const found = [...this.cloud.resources.values()].find((each) => each.type === type);
    t.match(found?.inputs, declared);
  }

  /** What scaling changed stays as it is. */
  async leavesAlone(
    t: Test,
    { type, name }: Named,
    drift: Parameters<MemoryCloud["drift"]>[2],
  ): Promise<void> {
    this.cloud.drift(type, name, drift);
    t.ok((await this.stack.refresh()).succeeded);
    t.same(this.#inCloud(await this.stack.up()), []);
  }

  /** Destroying it leaves nothing, in the cloud and in the state. */
  async leavesNothing(t: Test): Promise<void> {
    const { succeeded, output } = await this.stack.destroy();
    t.ok(succeeded, "it succeeds", { output });
    t.same([...this.cloud.resources.keys()], []);
    t.same(await this.stack.types(), []);
  }

  #inCloud({ steps }: Run): readonly string[] {
    return this.#stacks.inCloud(steps);
  }
}

/** The steps of a run that has to succeed. */
async function succeeds(t: Test, run: Promise<Run>, stacks: Subject["stacks"]): Promise<readonly string[]> {
  const { succeeded, steps, output } = await run;
  t.ok(succeeded, "it succeeds", { output });
  return stacks.inCloud(steps);
}

/** Gives a stack other settings: an update does what the preview showed, which is returned. */
export async function becomes(
  t: Test,
  stack: Stack,
  stacks: Subject["stacks"],
  own: Settings,
): Promise<readonly string[]> {
  stack.configure(stacks.settings(own));
  const planned = await stack.preview();
  t.ok(planned.succeeded, "a preview succeeds", { output: planned.output });
  const steps = await succeeds(t, stack.up(), stacks);
  t.same(steps, stacks.inCloud(planned.steps), "it does what the preview showed");
  return steps;
}

/** What a user finds who deploys one of the examples. */
export interface ExampleCheck {
  readonly name: "try" | "production";
  /** Where its Pulumi.yaml is, if not in the program's folder. */
  readonly folder?: string;
  readonly url: RegExp;
  /** A step of the update that switches the protection off. */
  readonly unprotects?: string;
}

/** An example of a stack deploys and goes away, that for production only once `protect` is off. */
export async function deploysAndGoesAway(
  t: Test,
  { stacks, newCloud }: Subject,
  { name, url, unprotects, ...folder }: ExampleCheck,
): Promise<void> {
  const cloud = newCloud();
  const settings = stacks.example(name);
  const stack = await stacks.stackOf(t, cloud, { stack: name, settings, ...folder });
  const planned = await stack.preview();
  t.ok(planned.succeeded, "it succeeds", { output: planned.output });
  const steps = await succeeds(t, stack.up(), stacks);
  t.same(steps, stacks.inCloud(planned.steps), "it makes what the preview showed");
  t.match((await stack.outputs())["url"], url);

  const destroyed = await stack.destroy();
  if (name === "try") {
    t.ok(destroyed.succeeded, "it succeeds", { output: destroyed.output });
    t.equal(cloud.resources.size, 0);
    return;
  }
  t.notOk(destroyed.succeeded, "it is protected");
  t.equal(cloud.resources.size, steps.length, "nothing was deleted");
  stack.configure(settings.replace("protect: true", "protect: false"));
  const unprotected = await succeeds(t, stack.up(), stacks);
  if (unprotects) t.match(unprotected.join("\n"), unprotects, "what protects goes first");
  t.ok((await stack.destroy()).succeeded);
  t.equal(cloud.resources.size, 0);
}

/** A wrong setting stops the preview, which names it and what would be right. */
export async function namesWrongSetting(
  t: Test,
  { stacks, newCloud }: Subject,
  own: Settings,
  message: RegExp,
): Promise<void> {
  const stack = await stacks.stackOf(t, newCloud(), { stack: "wrong", settings: stacks.settings(own) });
  const { succeeded, output } = await stack.preview();
  t.notOk(succeeded);
  t.match(output, message);
}

/** A policy pack, and a program to run it on. */
export interface PackCheck {
  /** The path of the pack. */
  readonly pack: string;
  /** Where the program's Pulumi.yaml is, if not in its own folder. */
  readonly folder?: string;
  readonly settings?: Settings;
}

const withPack = (pack: string) => ["--policy-pack", pack] as const;

/** The pack lets the program pass, in a preview and in an update. */
export async function letsPass(
  t: Test,
  { stacks, newCloud }: Subject,
  { pack, settings = {}, ...folder }: PackCheck,
  name: string,
): Promise<void> {
  const options = { stack: "good", settings: stacks.settings(settings), ...folder };
  const stack = await stacks.stackOf(t, newCloud(), options);
  for (const { succeeded, output } of [
    await stack.preview(...withPack(pack)),
    await stack.up(...withPack(pack)),
  ]) {
    t.ok(succeeded, "it succeeds", { output });
    t.match(output, name);
  }
}

/** The pack stops a program with a mistake before what is wrong is made. */
export async function stopsMistake(
  t: Test,
  { stacks, newCloud }: Subject,
  { pack, settings = {}, ...folder }: PackCheck,
  { finding, type }: { readonly finding: string; readonly type: string },
): Promise<void> {
  const cloud = newCloud();
  const options = { stack: "bad", settings: stacks.settings(settings), ...folder };
  const stack = await stacks.stackOf(t, cloud, options);
  for (const { succeeded, output } of [
    await stack.preview(...withPack(pack)),
    await stack.up(...withPack(pack)),
  ]) {
    t.notOk(succeeded);
    t.match(output, finding);
  }
  t.notMatch([...cloud.resources.keys()].join("\n"), type);
  t.ok((await stack.preview()).succeeded, "without the pack nothing stops it");
}
