/** How GitHub names a workflow in the tokens that it signs for it. */
import { checkedText } from "./settings.ts";

/** A repository on GitHub by name and by the numbers that never change. */
export interface GithubRepository {
  /** `owner/name` */
  readonly repository: string;
  /** The number of the owner. */
  readonly ownerId: string;
  /** The number of the repository. */
  readonly repositoryId: string;
}

const number = (of: string) =>
  checkedText((text) => /^[1-9]\d*$/.test(text), `the number that GitHub gives the ${of}`, "");

/** The settings that name a repository, for a program that trusts it. */
export const githubRepository = {
  repository: checkedText(
    (name) => /^[\w.-]+\/[\w.-]+$/.test(name),
    "owner/name of a repository on GitHub",
    "",
  ),
  ownerId: number("owner"),
  repositoryId: number("repository"),
};

/**
 * The subjects of a workflow's tokens: repositories created, renamed or moved since July 2026 send the second, older ones
 * the first until they opt in.
 *
 * @param purpose what the workflow runs for, such as `environment:production`
 * @see https://docs.github.com/en/actions/reference/security/oidc
 * @see https://github.blog/changelog/2026-04-23-immutable-subject-claims-for-github-actions-oidc-tokens/
 * @example
 * githubSubjects({ repository: "octocat/hello", ownerId: "12", repositoryId: "345" }, "pull_request")
 * // { byName: "repo:octocat/hello:pull_request", byId: "repo:octocat@12/hello@345:pull_request" }
 */
export function githubSubjects(
  { repository, ownerId, repositoryId }: GithubRepository,
  purpose: string,
): { readonly byName: string; readonly byId: string } {
  const [owner, name] = repository.split("/");
  return {
    byName: `repo:${owner}/${name}:${purpose}`,
    byId: `repo:${owner}@${ownerId}/${name}@${repositoryId}:${purpose}`,
  };
}
