/** Shows the requests for a preview's comment, to a server that replaces GitHub. */
import { execFile } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { type Test, test } from "tap";

interface Comment {
  url: string;
  body: string;
}

/** GitHub with these comments on the pull request 7 of someone/sorted. They change as GitHub's would. */
async function github(t: Test, comments: Comment[]) {
  const server = createServer(async (request, response) => {
    t.equal(request.headers.authorization, "Bearer token");
    const { pathname, searchParams } = new URL(request.url ?? "", address);
    const known = comments.find(({ url }) => url === `${address}${pathname}`);
    if (request.method === "PATCH" && known) {
      Object.assign(known, JSON.parse(await text(request)));
      response.end("{}");
    } else if (pathname !== "/repos/someone/sorted/issues/7/comments") {
      response.writeHead(404).end("not here");
    } else if (request.method === "POST") {
      comments.push({ url: `${address}/comments/new`, ...JSON.parse(await text(request)) });
      response.writeHead(201).end("{}");
    } else {
      const start = (Number(searchParams.get("page")) - 1) * 100;
      response.end(JSON.stringify(comments.slice(start, start + 100)));
    }
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  t.teardown(() => server.close());
  const listening = server.address();
  const address = `http://127.0.0.1:${typeof listening === "object" && listening ? listening.port : ""}`;
  return address;
}

function comment(address: string, title: string, content: string, number = "7") {
  const script = join(import.meta.dirname, "../deploy/comment.ts");
  const env = {
    ...process.env,
    GITHUB_API_URL: address,
    GITHUB_REPOSITORY: "someone/sorted",
    GITHUB_TOKEN: "token",
  };
  return new Promise<{ status: unknown; errors: string }>((resolve) => {
    const child = execFile(process.execPath, [script, title, number], { env }, (error, _, errors) =>
      resolve({ status: error?.code ?? 0, errors }),
    );
    child.stdin?.end(content);
  });
}

test("the first preview makes a comment, the next ones change it, and leave others alone", async (t) => {
  const comments: Comment[] = Array.from({ length: 100 }, (_, i) => ({
    url: `other/${i}`,
    body: "Good work",
  }));
  const address = await github(t, comments);
  t.equal((await comment(address, "Preview of aws", "+ 3 to create\n")).status, 0);
  t.equal(comments.length, 101);
  t.equal(comments[100]?.body, "<!-- Preview of aws -->\n### Preview of aws\n\n```\n+ 3 to create\n```\n");

  t.equal((await comment(address, "Preview of aws", "5 unchanged")).status, 0);
  t.equal((await comment(address, "Preview of azure", "~ 1 to update")).status, 0);
  t.equal(comments.length, 102);
  t.match(comments[100]?.body, "5 unchanged");
  t.ok(comments.slice(0, 100).every(({ body }) => body === "Good work"));
});

test("the text can't leave its fence, and of a long one the end is shown", async (t) => {
  const comments: Comment[] = [];
  const address = await github(t, comments);
  await comment(address, "Preview", `${"x".repeat(100_000)}\n\`\`\`\n# Not a heading`);
  const body = comments[0]?.body ?? "";
  t.match(body, /\n````\n…\nx+\n```\n# Not a heading\n````\n$/);
  t.ok(body.length < 65_536);
});

test("a refusal of GitHub's is an error", async (t) => {
  const address = await github(t, []);
  const { status, errors } = await comment(address, "Preview", "", "8");
  t.equal(status, 1);
  t.match(errors, "answers 404: not here");
});
