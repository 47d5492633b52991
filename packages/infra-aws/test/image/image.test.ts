/** Shows how the image is declared to be built and kept. Can't show that it builds: the container's checks do. */
import { test } from "tap";
import { ofType, one, record } from "../configurations.ts";

const build = "docker-build:index:Image";

test("the image is built for the instances' processor, from the repository's root, and pushed by digest", async (t) => {
  const { resources } = await record("least");
  t.hasStrict(resources.find(({ type }) => type === build)?.inputs, {
    context: { location: "../.." },
    dockerfile: { location: "../../packages/api/Dockerfile" },
    platforms: ["linux/arm64"],
    exports: [
      {
        registry: {
          names: ["123456789012.dkr.ecr.eu-central-1.amazonaws.com/sorted"],
          push: true,
          pushByDigest: true,
        },
      },
    ],
  });
  const intel = await record({ architecture: "x86_64" });
  t.hasStrict(intel.resources.find(({ type }) => type === build)?.inputs, { platforms: ["linux/amd64"] });
});

test("a preview needs no Docker", async (t) => {
  const { resources } = await record("least", true);
  t.hasStrict(resources.find(({ type }) => type === build)?.inputs, { buildOnPreview: false });
});

test("the repository scans what is pushed, never moves a tag, and keeps 20 images", async (t) => {
  const program = await record("least");
  t.hasStrict(one(program, "ecr/repository:Repository").inputs, {
    imageScanningConfiguration: { scanOnPush: true },
    imageTagMutability: "IMMUTABLE",
    forceDelete: true,
  });
  const { policy } = one(program, "ecr/lifecyclePolicy:LifecyclePolicy").inputs;
  t.hasStrict(JSON.parse(String(policy)), {
    rules: [{ selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: 20 } }],
  });
});

test("with imageUri that image runs, and nothing is built", async (t) => {
  const program = await record("givenImage");
  t.equal(program.outputs["imageUri"], `ghcr.io/someone/sorted@sha256:${"0123456789abcdef".repeat(4)}`);
  t.strictSame(ofType(program, "ecr/repository:Repository"), []);
  t.strictSame(
    program.calls.filter(({ token }) => token.startsWith("aws:ecr/")),
    [],
  );
});

test("with imageDigest an earlier image of the stack's own repository runs, which stays", async (t) => {
  const imageDigest = `sha256:${"12".repeat(32)}`;
  const program = await record({ imageDigest });
  t.equal(
    program.outputs["imageUri"],
    `123456789012.dkr.ecr.eu-central-1.amazonaws.com/sorted@${imageDigest}`,
  );
  t.equal(ofType(program, "ecr/repository:Repository").length, 1);
  t.notOk(program.resources.some(({ type }) => type === build));
});
