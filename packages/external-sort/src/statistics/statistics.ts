import { compareNumbers } from "@sorted/core";
import type { Statistics } from "../options.ts";
import { add, type Decimal, half, toPlain } from "./decimal.ts";
import { ExactSum } from "./exact-sum.ts";
import { eachLiteral, type PartStatistics } from "./part-statistics.ts";

/** A part of the output that can be read once more. */
interface SeenPart {
  readonly numbers: number;
  /** The part's numbers again, in order and in any format. */
  readonly again: () => Promise<Uint8Array>;
}

/** Combines the facts about the parts of an output, which come in order. */
export class StatisticsOfParts {
  readonly #parts: SeenPart[] = [];
  #count = 0;
  #distinct = 0;
  #first: string | undefined;
  #last: string | undefined;
  #sum: Decimal | undefined = { coefficient: 0n, exponent: 0 };

  add(numbers: number, part: PartStatistics, again: () => Promise<Uint8Array>): void {
    const goesOn = this.#last !== undefined && compareNumbers(this.#last, part.first) === 0;
    this.#count += numbers;
    this.#distinct += part.distinct - Number(goesOn);
    this.#first ??= part.first;
    this.#last = part.last;
    this.#sum = this.#sum && part.sum && add(this.#sum, part.sum);
    this.#parts.push({ numbers, again });
  }

  /** The statistics of all parts. Reads the numbers in the middle once more. */
  async result(order: "asc" | "desc"): Promise<Statistics> {
    const [count, distinct] = [this.#count, this.#distinct];
    const [min, max] = order === "asc" ? [this.#first, this.#last] : [this.#last, this.#first];
    const median = await this.#median();
    const sum = this.#sum && toPlain(this.#sum);
    return {
      count,
      distinct,
      ...(min === undefined || max === undefined ? {} : { min, max }),
      ...(median === undefined ? {} : { median }),
      ...(sum === undefined ? {} : { sum }),
    };
  }

  async #median(): Promise<string | undefined> {
    if (this.#count === 0) return undefined;
    const upper = await this.#numberAt(this.#count >> 1);
    if (this.#count % 2 === 1) return upper;
    const lower = await this.#numberAt((this.#count >> 1) - 1);
    const sum = new ExactSum();
    for (const literal of [lower, upper]) sum.add(Buffer.from(literal), 0, literal.length);
    return sum.value && toPlain(half(sum.value));
  }

  async #numberAt(index: number): Promise<string> {
    let left = index;
    const part = this.#parts.find(({ numbers }) => {
      if (left < numbers) return true;
      left -= numbers;
      return false;
    });
    if (part === undefined) throw new RangeError(`there is no number ${index}`);
    const answer = await part.again();
    let literal = "";
    eachLiteral(answer, (start, end) => {
      if (left === 0) literal = Buffer.from(answer.slice(start, end)).toString("latin1");
      left -= 1;
    });
    return literal;
  }
}
