import * as pulumi from "@pulumi/pulumi";
import { recordProgram, UNKNOWN } from "@sorted/infra-check";
import { test } from "tap";
import { buildImage, imageByDigest } from "../src/image.ts";

const digest = `sha256:${"0a".repeat(32)}`;

const run = () => ({
  image: buildImage(
    "sorted",
    {
      context: "../..",
      dockerfile: "../../Dockerfile",
      platform: "linux/arm64",
      repository: pulumi.output("registry.example.com/sorted"),
      registry: { address: "registry.example.com", username: "user", password: pulumi.secret("word") },
    },
    {},
  ),
});

test("an image is built for one platform and pushed by digest, without a tag that could clash", async (t) => {
  const { resources, outputs } = await recordProgram({ run });
  t.hasStrict(resources[0]?.inputs, {
    context: { location: "../.." },
    dockerfile: { location: "../../Dockerfile" },
    platforms: ["linux/arm64"],
    push: false,
    tags: undefined,
    exports: [{ registry: { names: ["registry.example.com/sorted"], push: true, pushByDigest: true } }],
    registries: [{ address: "registry.example.com", username: "user", password: "word" }],
    buildOnPreview: false,
  });
  t.match(outputs["image"], /^registry\.example\.com\/sorted@sha256:[0-9a-f]{64}$/);
});

test("in a preview the image is not known yet", async (t) => {
  t.equal((await recordProgram({ run, preview: true })).outputs["image"], UNKNOWN);
});

test("an image is named by digest, whatever its registry", async (t) => {
  for (const good of [
    `ghcr.io/someone/sorted@${digest}`,
    `localhost:5000/sorted@${digest}`,
    `123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/sorted@${digest}`,
  ]) {
    t.match(good, imageByDigest);
  }
  for (const bad of [
    "ghcr.io/someone/sorted:latest",
    `sorted@${digest}`,
    `ghcr.io/someone/sorted:1@${digest}`,
    `ghcr.io/someone/sorted@${digest}0`,
    `ghcr.io/some one/sorted@${digest}`,
    `ghcr.io/someone/sorted@${digest.toUpperCase()}`,
  ]) {
    t.notMatch(bad, imageByDigest);
  }
});
