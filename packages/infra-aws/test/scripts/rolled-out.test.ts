/** Shows what is made of Auto Scaling's answers on an instance refresh, which a server gives in its place, to AWS's own SDK. */
import { execFile } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { AutoScaling } from "@aws-sdk/client-auto-scaling";
import { type Test, test } from "tap";
import { rolledOut } from "../../scripts/instance-refresh.ts";

const credentials = { accessKeyId: "test", secretAccessKey: "test" };

/** As soon as can be asked again. */
const soon = { pollSeconds: 0.001, mostSeconds: 0.005 };

/** Auto Scaling that gives one status after the other, the last one for ever; the newest refresh comes first. */
async function autoScaling(t: Test, ...statuses: readonly string[]) {
  const questions: string[] = [];
  const server = createServer(async (request, response) => {
    const question = new URLSearchParams(await text(request));
    questions.push(`${question.get("Action")} ${question.get("AutoScalingGroupName")}`);
    const status = statuses[Math.min(questions.length, statuses.length) - 1];
    const refreshes = status === undefined ? [] : [status, "Cancelled"];
    response.setHeader("content-type", "text/xml").end(answer(refreshes));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  t.teardown(() => server.close());
  const address = server.address();
  const endpoint = `http://127.0.0.1:${typeof address === "object" && address ? address.port : ""}`;
  const client = new AutoScaling({ endpoint, region: "eu-central-1", credentials });
  t.teardown(() => client.destroy());
  return { endpoint, client, questions };
}

function answer(statuses: readonly string[]): string {
  const members = statuses.map(
    (status) => `<member><Status>${status}</Status><StatusReason>as it was told</StatusReason></member>`,
  );
  return `<DescribeInstanceRefreshesResponse xmlns="http://autoscaling.amazonaws.com/doc/2011-01-01/">
    <DescribeInstanceRefreshesResult><InstanceRefreshes>${members.join("")}</InstanceRefreshes></DescribeInstanceRefreshesResult>
  </DescribeInstanceRefreshesResponse>`;
}

test("waits until the newest refresh has succeeded", async (t) => {
  const { client, questions } = await autoScaling(t, "Pending", "InProgress", "Successful");
  await rolledOut(client, "sorted", soon);
  t.strictSame(questions, Array(3).fill("DescribeInstanceRefreshes sorted"));
});

test("a new group has no refresh, and its instances", async (t) => {
  const { client, questions } = await autoScaling(t);
  await rolledOut(client, "sorted");
  t.equal(questions.length, 1);
});

for (const status of ["Failed", "Cancelled", "RollbackSuccessful", "RollbackFailed"]) {
  test(`a refresh that ends as ${status} is an error, which says why`, async (t) => {
    const { client } = await autoScaling(t, "InProgress", status);
    await t.rejects(rolledOut(client, "sorted", soon), {
      message: `The instance refresh ended as ${status}: as it was told`,
    });
  });
}

test("a rollback is waited for, so that what follows finds the group at rest", async (t) => {
  const { client, questions } = await autoScaling(t, "RollbackInProgress", "RollbackSuccessful");
  await t.rejects(rolledOut(client, "sorted", soon), { message: /ended as RollbackSuccessful/ });
  t.equal(questions.length, 2);
});

test("one that goes on for too long is an error", async (t) => {
  const { client } = await autoScaling(t, "InProgress");
  await t.rejects(rolledOut(client, "sorted", soon), { message: /did not end within/ });
});

/** The script, as a deployment calls it: the source as it is, whose coverage does not add up with that of what tap compiled. */
function run(endpoint: string, outputs: object) {
  const script = join(import.meta.dirname, "../../scripts/rolled-out.ts");
  const env = {
    ...process.env,
    _TAPJS_PROCESSINFO_COVERAGE_: "0",
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: "eu-central-1",
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  };
  return new Promise<{ status: unknown; errors: string }>((resolve) => {
    execFile(process.execPath, [script, JSON.stringify(outputs)], { env }, (error, _, errors) =>
      resolve({ status: error?.code ?? 0, errors }),
    );
  });
}

test("the script asks for the group among a stack's outputs", async (t) => {
  const { endpoint, questions } = await autoScaling(t, "Successful");
  t.equal((await run(endpoint, { url: "http://sorted", autoScalingGroup: "sorted-1" })).status, 0);
  t.strictSame(questions, ["DescribeInstanceRefreshes sorted-1"]);
});

test("its status says that the cloud gave up", async (t) => {
  const { endpoint } = await autoScaling(t, "Failed");
  const { status, errors } = await run(endpoint, { autoScalingGroup: "sorted-1" });
  t.equal(status, 1);
  t.match(errors, "ended as Failed: as it was told");
});

test("of a function there is nothing to wait for", async (t) => {
  const { endpoint, questions } = await autoScaling(t, "Failed");
  t.equal((await run(endpoint, { url: "http://sorted", functionName: "sorted-1" })).status, 0);
  t.equal(questions.length, 0);
});
