/**
 * Posts a body of this many bytes with this many numbers of equal length: `node post-numbers.ts URL BYTES NUMBERS`.
 * Prints the status of the answer.
 */
const [url = "", byteCount, numberCount] = process.argv.slice(2);
const bytes = Number(byteCount);
const numbers = Number(numberCount);

// Each number takes its digits and the comma or bracket after it. The first bracket takes one more byte.
const digits = Math.floor((bytes - 1) / numbers) - 1;
const evenlyLong = `${"7".repeat(digits)},`.repeat(numbers - 1);
const body = `[${evenlyLong}${"7".repeat(bytes - 2 - evenlyLong.length)}]`;

const answer = await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body });
await answer.arrayBuffer();
console.log(answer.status);
