import * as pulumi from "@pulumi/pulumi";
import { recordProgram } from "@sorted/infra-check";
import { test } from "tap";
import { stackTags, tagged } from "../src/tags.ts";

class Thing extends pulumi.CustomResource {
  constructor(type: string, name: string, inputs: pulumi.Inputs, options: pulumi.CustomResourceOptions) {
    super(type, name, inputs, options);
  }
}

class Group extends pulumi.ComponentResource {
  constructor(options: pulumi.ComponentResourceOptions) {
    super("test:index:Group", "group", {}, options);
    new Thing("test:index:Taggable", "plain", { size: 1 }, { parent: this });
    new Thing("test:index:Taggable", "special", { tags: { Name: "own", Stage: "own" } }, { parent: this });
    new Thing("test:index:Other", "other", { size: 2 }, { parent: this });
  }
}

test("everything in a component that takes tags has them; its own win", async (t) => {
  const { resources } = await recordProgram({
    run: () => {
      const isTaggable = (type: string) => type === "test:index:Taggable";
      new Group({ transformations: [tagged({ Project: "sorted", Stage: "all" }, isTaggable)] });
    },
  });
  const inputs = Object.fromEntries(resources.map((resource) => [resource.name, resource.inputs]));
  t.strictSame(inputs["plain"], { size: 1, tags: { Name: "plain", Project: "sorted", Stage: "all" } });
  t.strictSame(inputs["special"], { tags: { Name: "own", Project: "sorted", Stage: "own" } });
  t.strictSame(inputs["other"], { size: 2 });
});

test("everything is tagged with its project, its stack and what the settings add", async (t) => {
  let tags: Readonly<Record<string, string>> = {};
  await recordProgram({
    project: "program",
    run: () => {
      tags = stackTags(["Team=search", "Purpose=sums = and more"]);
    },
  });
  t.match(tags, { Project: "program", Team: "search", Purpose: "sums = and more" });
  t.hasProp(tags, "Stack");
});
