/** A twin of a program's declarations on this machine, as root on Linux: `pnpm twin aws|azure [--check]`. */
const twins: Readonly<Record<string, () => Promise<{ readonly run: (check: boolean) => Promise<never> }>>> = {
  aws: () => import("../packages/infra-aws/system/twin.ts"),
  azure: () => import("../packages/infra-azure/system/twin.ts"),
};

const [cloud = "", option, ...more] = process.argv.slice(2);
const load = twins[cloud];
if (!load || more.length > 0 || (option !== undefined && option !== "--check")) {
  console.error("usage: pnpm twin aws|azure [--check]   (--check: end after the demonstration)");
  process.exit(2);
}
const { run } = await load();
await run(option === "--check");
