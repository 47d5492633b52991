/** Shows how the image is declared to be built and kept. Can't show that it builds: the container's checks do. */
import type { Recorded } from "@sorted/infra-check";
import { nothingYet } from "@sorted/infra-check/azure";
import { test } from "tap";
import { exchange } from "../../src/image/registry-login.ts";
import { configurations, exchanges, ofType, one, record, recordWhere } from "../configurations.ts";

const build = "docker-build:index:Image";

async function built(settings: Readonly<Record<string, unknown>> = {}) {
  return buildIn(await record(settings));
}

const buildIn = ({ resources }: Recorded) => resources.find(({ type }) => type === build)?.inputs;

test("the image is built for the machines' processor, from the repository's root, and pushed by digest", async (t) => {
  t.hasStrict(await built(), {
    context: { location: "../.." },
    dockerfile: { location: "../../packages/api/Dockerfile" },
    platforms: ["linux/amd64"],
    exports: [{ registry: { names: ["sorted.azurecr.io/sorted"], push: true, pushByDigest: true } }],
  });
  t.hasStrict(await built(configurations.arm64), { platforms: ["linux/arm64"] });
});

test("the registry has no user with a password, and shows nothing to strangers", async (t) => {
  t.hasStrict(one(await record("least"), "containerregistry:Registry").inputs, {
    resourceGroupName: "ServerVM",
    sku: { name: "Basic" },
    adminUserEnabled: false,
    anonymousPullEnabled: false,
  });
});

test("whoever deploys logs in as themselves: their token is exchanged for one of the registry", async (t) => {
  exchanges.length = 0;
  t.hasStrict(buildIn(await recordWhere(nothingYet, {})), {
    registries: [
      {
        address: "sorted.azurecr.io",
        username: "00000000-0000-0000-0000-000000000000",
        password: "password",
      },
    ],
  });
  t.strictSame(exchanges.at(-1), {
    url: "https://sorted.azurecr.io/oauth2/exchange",
    // Not one for Azure's API, which a policy makes registries refuse.
    body: "grant_type=access_token&service=sorted.azurecr.io&access_token=token+for+https%3A%2F%2Fcontainerregistry.azure.net",
  });
});

test("a preview needs no Docker, and no registry", async (t) => {
  exchanges.length = 0;
  t.hasStrict(buildIn(await recordWhere(nothingYet, {}, true)), { buildOnPreview: false });
  t.strictSame(exchanges, []);
});

test("a registry that refuses the login says which role is missing", async (t) => {
  t.intercept(globalThis, "fetch", { value: async () => new Response(null, { status: 401 }) });
  await t.rejects(exchange("sorted.azurecr.io", "token"), {
    message: "sorted.azurecr.io refuses the login (401). To deploy, you need the role AcrPush",
  });
});

test("with imageUri that image runs, and nothing is built", async (t) => {
  const program = await record("givenImage");
  t.equal(program.outputs["imageUri"], `ghcr.io/someone/sorted@sha256:${"0123456789abcdef".repeat(4)}`);
  t.strictSame(ofType(program, "containerregistry:Registry"), []);
  t.notOk(
    program.calls.some(({ inputs }) => "endpoint" in inputs),
    "nobody logs in to a registry",
  );
});

test("with imageDigest an earlier image of the stack's own registry runs, which stays", async (t) => {
  const imageDigest = `sha256:${"12".repeat(32)}`;
  const program = await record({ imageDigest });
  t.equal(program.outputs["imageUri"], `sorted.azurecr.io/sorted@${imageDigest}`);
  t.equal(ofType(program, "containerregistry:Registry").length, 1);
  t.notOk(program.resources.some(({ type }) => type === build));
});
