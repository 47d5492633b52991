/**
 * Keeps one comment on a pull request up to date: `node scripts/deploy/comment.ts TITLE NUMBER <TEXT`. It uses GitHub's
 * API and a workflow's variables GITHUB_API_URL, GITHUB_REPOSITORY and GITHUB_TOKEN.
 */
import { text } from "node:stream/consumers";

/** GitHub accepts 65,536 characters. */
const mostCharacters = 60_000;

interface Comment {
  readonly url: string;
  readonly body: string;
}

/** Hidden in the comment, to find it again. */
const markOf = (title: string) => `<!-- ${title} -->`;

/** The comment: the text, unchanged, in a fence that it can't end; only the end of a long text. */
function bodyOf(title: string, content: string): string {
  const shown = content.length > mostCharacters ? `…\n${content.slice(-mostCharacters)}` : content;
  const longest = Math.max(2, ...Array.from(shown.matchAll(/`+/g), ([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${markOf(title)}\n### ${title}\n\n${fence}\n${shown.trimEnd()}\n${fence}\n`;
}

async function comment(title: string, number: number, content: string): Promise<void> {
  const comments = `${environment("GITHUB_API_URL")}/repos/${environment("GITHUB_REPOSITORY")}/issues/${number}/comments`;
  const body = JSON.stringify({ body: bodyOf(title, content) });
  const former = (await allComments(comments)).find((each) => each.body.startsWith(markOf(title)));
  await ask(former?.url ?? comments, { method: former ? "PATCH" : "POST", body });
}

async function allComments(address: string): Promise<readonly Comment[]> {
  const perPage = 100;
  for (let page = 1, all: Comment[] = []; ; page += 1) {
    const some = await ask<Comment[]>(`${address}?per_page=${perPage}&page=${page}`);
    all = [...all, ...some];
    if (some.length < perPage) return all;
  }
}

async function ask<Answer>(address: string, options: RequestInit = {}): Promise<Answer> {
  const headers = {
    accept: "application/vnd.github+json",
    authorization: `Bearer ${environment("GITHUB_TOKEN")}`,
  };
  const response = await fetch(address, { ...options, headers });
  if (!response.ok) throw new Error(`${address} answers ${response.status}: ${await response.text()}`);
  return response.json() as Promise<Answer>;
}

function environment(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}

const [title, number] = process.argv.slice(2);
if (title === undefined || !/^\d+$/.test(number ?? "")) {
  console.error("usage: node scripts/deploy/comment.ts TITLE NUMBER <TEXT");
  process.exit(2);
}
await comment(title, Number(number), await text(process.stdin));
