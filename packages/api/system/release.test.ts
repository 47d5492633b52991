/** Shows that the script with which a release tries its image accepts a good image and no other. */
import { join } from "node:path";
import { buildImage, Docker, image, root, run } from "@sorted/testbed";
import { test } from "tap";

test("a release's image is tried", async (t) => {
  const docker = await Docker.connect();
  t.teardown(() => docker.close());
  await buildImage(docker);
  const tryImage = (name: string) =>
    run("env", [
      `DOCKER_HOST=unix://${docker.socket}`,
      join(root, "scripts/release/try-image.sh"),
      name,
      "3917",
    ]);

  t.match(await tryImage(image), /(\d+) of \1 checks pass/);
  await t.rejects(tryImage("sorted-api:none"));
});
