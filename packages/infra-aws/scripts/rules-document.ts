/** The page of the rules that the program keeps, made from the rules themselves. */
import { awsRules } from "@sorted/infra-kit/testing";

/** Where it lies in the repository. */
export const rulesPath = "docs/aws-rules.md";

const head = `# Rules for AWS

Each of these is a mistake that AWS, Pulumi and the type-checker let pass. The tests hold the program to them in every
configuration. As a policy pack they hold any Pulumi program to them, and stop a preview or an update that breaks one:

\`\`\`
cd packages/infra-aws
pnpm exec pulumi up --policy-pack policy/pack.ts
\`\`\`

A preview can't judge what depends on a value that only AWS knows, such as the digest of an image that is not built yet;
Pulumi says so, and the update judges it. The pack runs on Node 22.18 or newer, which \`pnpm exec\` brings.

This page is made from the rules: \`pnpm documents\` in \`packages/infra-aws\`.

| rule | why |
|---|---|
`;

/** The page as it must be. */
export function rulesDocument(): string {
  return `${head}${awsRules.map(({ name, reason }) => `| \`${name}\` | ${reason} |\n`).join("")}`;
}
