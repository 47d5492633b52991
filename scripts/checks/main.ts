/** A command that runs checks: its arguments choose which, they run side by side, and it has an exit status. */
import { parseArgs } from "node:util";
import { type Check, type Outcome, run } from "./check.ts";
import { countLine, failureList, Progress, sum, timesTable } from "./report.ts";
import { schedule } from "./schedule.ts";

/** The checks that have one of these names among the words of theirs. */
export function choose(checks: readonly Check[], names: readonly string[]): readonly Check[] {
  const wordsOf = ({ name }: Check) => name.split(" ");
  for (const name of names) {
    if (checks.some((check) => wordsOf(check).includes(name))) continue;
    throw new Error(
      `No check is named ${name}. The checks are: ${checks.map((check) => check.name).join(", ")}`,
    );
  }
  return checks.filter((check) => names.length === 0 || names.some((name) => wordsOf(check).includes(name)));
}

/** The arguments that all commands here take. */
function readArguments() {
  return parseArgs({
    options: {
      verbose: { type: "boolean", default: false },
      coverage: { type: "boolean", default: false },
    },
    allowPositionals: true,
  });
}

/** Whether `--coverage` asks tests to measure which lines they reach, and to fail where a package wants all. */
export function wantsCoverage(): boolean {
  return readArguments().values.coverage;
}

/**
 * Runs checks, `[--verbose] [--coverage] [NAME…]`. It goes on after a failure, so that one run shows everything that is wrong.
 *
 * @param first The checks that the others need. They always run, one after the other.
 * @param slots How many of the others run at once.
 * @param maySkip Whether a run with a skipped test can succeed.
 */
export async function runChecks(
  first: readonly Check[],
  others: readonly Check[],
  { slots, maySkip }: { slots: number; maySkip: boolean },
) {
  const { values, positionals } = readArguments();
  const chosen = choose(others, positionals);
  const progress = new Progress(first.length + chosen.length, values.verbose);
  const outcomes: Outcome[] = [];
  const work = async (check: Check) => {
    progress.started(check);
    const outcome = await run(check);
    outcomes.push(outcome);
    progress.ended(outcome);
  };
  const start = performance.now();
  await schedule(first, 1, work);
  await schedule(chosen, slots, work);
  const failures = failureList(outcomes);
  console.log(`\n${timesTable(outcomes, (performance.now() - start) / 1000)}\n`);
  if (failures) console.log(`What failed:\n${failures}\n`);
  console.log(countLine(outcomes));
  process.exitCode = sum(outcomes, "failed") > 0 || (!maySkip && sum(outcomes, "skipped") > 0) ? 1 : 0;
}
