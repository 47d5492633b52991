/** What the limits promise: no request that they allow makes the process exceed its memory. */
import { Docker, Host, waitFor } from "@sorted/testbed";
import { test } from "tap";
import { buildImage, image, origin, restrictions } from "./image.ts";

/** Sends a body of so many bytes, made by an expression of its length, and prints status and length of the answer. */
const script = `
const [url, bytes, shape] = process.argv.slice(1);
const item = { digits: "7,", long: "1234567.25," }[shape];
const body = "[" + item.repeat((bytes - 3) / item.length) + "7".padEnd((bytes - 3) % item.length + 1) + "]";
const answer = await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body });
console.log(answer.status, body.length, (await answer.arrayBuffer()).byteLength);
`;

test("in 256 MB", async (t) => {
  const docker = await Docker.connect();
  t.teardown(() => docker.close());
  await buildImage(docker);
});
