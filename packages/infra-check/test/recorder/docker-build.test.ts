/** Shows that an image has a digest whatever the cloud, and that a cloud computes the rest. */
import { test } from "tap";
import { withImages } from "../../src/recorder/docker-build.ts";

test("an image has a digest, and everything else what its cloud computes", async (t) => {
  const outputs = withImages(({ name }) => ({ cloud: name }));
  t.match(outputs({ type: "docker-build:index:Image", name: "sorted", inputs: {} }), {
    digest: /^sha256:[0-9a-f]{64}$/,
  });
  t.strictSame(outputs({ type: "test:Thing", name: "thing", inputs: {} }), { cloud: "thing" });
});
