/** The settings about roles that the program and the trust of its pipeline share. */
import { checkedText, text } from "@sorted/infra-kit";

export const roleSettings = {
  rolePath: checkedText(
    (path) => /^\/([\w+=,.@-]+\/)*$/.test(path) && path.length <= 512,
    "a path with a slash at both ends, such as /teams/search/",
    "/",
  ),
  permissionsBoundaryArn: text(
    /^arn:aws:iam::(\d{12}|aws):policy\/[\w+=,.@/-]+$/,
    "the ARN of a policy, such as arn:aws:iam::123456789012:policy/boundary",
  ),
};
