/** The settings of the program in the folder trust; its Pulumi.yaml describes them to the user. */
import { checkedText, choice, flag, githubRepository, text } from "@sorted/infra-kit";
import { z } from "zod";
import { accountSettings } from "../iam/account-rules.ts";

export const trustSettings = z.object({
  ...githubRepository,
  environment: checkedText((name) => /^[\w.-]+$/.test(name), "the name of an environment on GitHub", ""),
  previews: flag(false),
  deployed: choice(["any", "fleet", "functionUrl", "functionBehindBalancer"], "any"),
  stateBucket: text(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "the name of a bucket"),
  providerArn: text(
    /^arn:aws:iam::\d{12}:oidc-provider\/token\.actions\.githubusercontent\.com$/,
    "the ARN of an OpenID Connect provider for GitHub",
  ),
  ...accountSettings,
});
