/** Tags on everything, given once. */
import type * as pulumi from "@pulumi/pulumi";

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
