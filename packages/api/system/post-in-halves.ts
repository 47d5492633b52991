/**
 * Posts a body in two halves: `node post-in-halves.ts URL`. Prints a line after the first half, sends the second half
 * when it reads a line, then prints the status and the body of the answer.
 */
import { once } from "node:events";
import { request } from "node:http";
import { text } from "node:stream/consumers";

const [url = ""] = process.argv.slice(2);
const outgoing = request(url, { method: "POST", headers: { "content-type": "application/json" } });
const answered = once(outgoing, "response");
outgoing.write('{"x1":"[3, 1]",', () => console.log("half"));

await once(process.stdin, "data");
process.stdin.destroy();
outgoing.end('"x2":"2"}');
const [response] = await answered;
console.log(response.statusCode, await text(response));
