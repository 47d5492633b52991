/**
 * Posts a body of so many bytes with so many numbers, evenly long: `node post-numbers.ts URL BYTES NUMBERS`. Prints the
 * status of the answer.
 */
const [url = "", byteCount, numberCount] = process.argv.slice(2);
const bytes = Number(byteCount);
const numbers = Number(numberCount);

// Each number takes its digits and the comma or bracket behind it; the first bracket takes one more.
const digits = Math.floor((bytes - 1) / numbers) - 1;
const evenlyLong = `${"7".repeat(digits)},`.repeat(numbers - 1);
const body = `[${evenlyLong}${"7".repeat(bytes - 2 - evenlyLong.length)}]`;

const answer = await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body });
await answer.arrayBuffer();
console.log(answer.status);
