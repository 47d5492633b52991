/** HTTP/2 ends at the load balancer. What conformance tests send through it, the service answers. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { run, temporaryFolder, waitFor } from "@sorted/testbed";
import { test } from "tap";
import { send } from "../smoke/send.ts";
import { startServer } from "../test/process.ts";
import { freePort } from "./free-port.ts";

test("h2spec, through HAProxy", async (t) => {
  const { server, port } = await startServer(t);
  const balancerPort = await freePort();
  const configuration = join(temporaryFolder(), "haproxy.cfg");
  writeFileSync(
    configuration,
    `
defaults
  mode http
  timeout connect 5s
  timeout client 10s
  timeout server 10s
frontend clients
  bind 127.0.0.1:${balancerPort} proto h2
  default_backend service
backend service
  server one 127.0.0.1:${port}
`,
  );
  const balancer = spawn("haproxy", ["-db", "-f", configuration]);
  t.teardown(async () => {
    balancer.kill();
    await once(balancer, "exit");
  });
  const h2spec = (path: string) =>
    run("h2spec", ["--host", "127.0.0.1", "--port", `${balancerPort}`, "--path", path, "--timeout", "5"]);
  for (const path of ["/?x=2,1", "/docs", "/healthz"]) {
    const output = await waitFor("HAProxy", () => h2spec(path));
    t.match(output, /(\d+) tests, \1 passed, 0 skipped, 0 failed/, path);
  }
  t.equal(
    (await send(`http://127.0.0.1:${port}`, { method: "GET", path: "/?x=2,1" })).body,
    '{"sorted":[1,2]}',
  );
  t.notMatch(server.output, /"level":[56]0/, "nothing is wrong");
});
