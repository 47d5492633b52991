/** Tags on everything, given once. */
import * as pulumi from "@pulumi/pulumi";

/**
 * The tags of everything in the stack.
 *
 * @param further as `Name=value`
 * @example
 * stackTags(["Team=search"]) // { Project: "sorted-aws", Stack: "production", Team: "search" }
 */
export function stackTags(further: readonly string[]): Readonly<Record<string, string>> {
  return {
    Project: pulumi.getProject(),
    Stack: pulumi.getStack(),
    ...Object.fromEntries(further.map((tag) => tag.split(/=(.*)/s, 2))),
  };
}

/**
 * A transformation for a component's options: every resource in it whose type has tags gets these, with its own
 * winning. Clouds that show a resource by the tag `Name` get the logical name there.
 *
 * @param tags what to put on everything
 * @param isTaggable whether a type token, such as `aws:ec2/vpc:Vpc`, takes a map of tags
 * @example
 * new Network("sorted", args, { transformations: [tagged({ Project: "sorted" }, isTaggable)] });
 */
export function tagged(
  tags: Readonly<Record<string, string>>,
  isTaggable: (type: string) => boolean,
): pulumi.ResourceTransformation {
  return ({ type, name, props, opts }) => {
    if (!isTaggable(type)) return undefined;
    const { tags: own } = props;
    return { props: { ...props, tags: { Name: name, ...tags, ...own } }, opts };
  };
}
