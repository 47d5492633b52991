import { table } from "../table.ts";

/** One goal, and the measured figure. The verdict follows from the two. */
export interface Goal {
  /** The name of the figure, with its unit. */
  readonly title: string;
  readonly goal: number;
  readonly measured: number;
  /** Whether the goal is the smallest or the largest good figure. */
  readonly bound: "at least" | "at most";
}

/** Whether the figure, as the page prints it, meets its goal. */
export function isMet({ goal, measured, bound }: Goal): boolean {
  const printed = Number(print(measured));
  return bound === "at least" ? printed >= goal : printed <= goal;
}

/** The table of goals, each row with its verdict. */
export function goalsTable(goals: readonly Goal[]): string {
  return table([
    ["goal", "aim", "measured", "met"],
    ...goals.map((one) => [
      one.title,
      `${one.bound} ${print(one.goal)}`,
      print(one.measured),
      isMet(one) ? "yes" : "**no**",
    ]),
  ]);
}

const print = (value: number) => (Number.isInteger(value) ? String(value) : value.toFixed(2));
