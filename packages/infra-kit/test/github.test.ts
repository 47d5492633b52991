/** Shows which tokens of GitHub's are those of one repository's workflows. */
import { test } from "tap";
import { z } from "zod";
import { githubRepository, githubSubjects } from "../src/github.ts";

test("a subject names the repository, and in newer repositories also the numbers of owner and repository", async (t) => {
  const repository = { repository: "octo-org/hello.world", ownerId: "123456", repositoryId: "456789" };
  t.strictSame(githubSubjects(repository, "environment:production"), {
    byName: "repo:octo-org/hello.world:environment:production",
    byId: "repo:octo-org@123456/hello.world@456789:environment:production",
  });
});

test("both numbers are needed, and a name or a pattern is not taken for one", async (t) => {
  const repository = z.object(githubRepository);
  const given = { repository: "octo-org/hello", ownerId: "123456", repositoryId: "456789" };
  t.ok(repository.safeParse(given).success);
  for (const wrong of [
    { ownerId: undefined },
    { repositoryId: undefined },
    { ownerId: "octo-org" },
    { repositoryId: "*" },
    { repository: "hello" },
    { repository: "octo-org@123456/hello@456789" },
    { repository: "octo-org/*" },
  ]) {
    t.notOk(repository.safeParse({ ...given, ...wrong }).success, JSON.stringify(wrong));
  }
});
