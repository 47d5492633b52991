/** Shows that a twin runs what a host would: read back from the user data that the programs render. */
import { amazonLinux2023, renderBootstrap } from "@sorted/infra-kit";
import { test } from "tap";
import { declaredContainer } from "../src/bootstrap.ts";

const image = "registry.example.com/sorted@sha256:abc";

const userData = renderBootstrap({
  container: {
    name: "sorted",
    image,
    hostPort: 80,
    furtherHostPorts: [8080],
    containerPort: 3000,
    environment: { PORT: "3000", GREETING: 'say "hello" = 100 %' },
    memoryMiB: 512,
    stopSeconds: 50,
    logging: { driver: "awslogs", options: { "awslogs-group": "sorted" } },
  },
  distribution: amazonLinux2023(image),
  readyPath: "/readyz",
});

const encoded = (text: string): string => Buffer.from(text).toString("base64");

test("the image, its limits, its environment and its ports are those of the unit", async (t) => {
  const { options, ...declared } = declaredContainer(encoded(userData));
  t.strictSame(declared, {
    image,
    environment: { PORT: "3000", GREETING: 'say "hello" = 100 %' },
    published: [
      { from: 80, to: 3000 },
      { from: 8080, to: 3000 },
    ],
  });
  for (const option of ["--read-only", "--cap-drop=ALL", "--memory=512m"])
    t.ok(options.includes(option), option);
});

test("names, networks and logs are the twin's own affair", async (t) => {
  const { options } = declaredContainer(encoded(userData));
  t.notMatch(options.join(" "), /--(rm|name|network|publish|env-file|log-)/);
});

test("user data without a container is refused", async (t) => {
  for (const userDataWithoutOne of ["#cloud-config\npackages: []\n", "write_files: none\n", ""])
    t.throws(() => declaredContainer(encoded(userDataWithoutOne)), /no unit that runs a container/);
});
