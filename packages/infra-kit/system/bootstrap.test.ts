/**
 * Shows that cloud-init's own schema takes the rendered user data, and that systemd takes the unit in it. Can't show
 * that the packages exist in the distribution, or that the container starts: that takes a boot.
 *
 * Needs `cloud-init` and `systemd-analyze` (Debian: cloud-init, systemd).
 */
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Test, test } from "tap";
import { parse } from "yaml";
import { amazonLinux2023, renderBootstrap } from "../src/index.ts";

const image = `123456789012.dkr.ecr.eu-central-1.amazonaws.com/sorted@sha256:${"ab".repeat(32)}`;

const userData = renderBootstrap({
  container: {
    name: "sorted",
    image,
    hostPort: 80,
    containerPort: 3000,
    environment: { PORT: "3000", MOTTO: 'say "hello" to $USER: 100 %, #1' },
    memoryMiB: 512,
    stopSeconds: 50,
    logging: { driver: "awslogs", options: { "awslogs-stream": "%H", tag: "two words" } },
  },
  distribution: amazonLinux2023(image),
  readyPath: "/readyz",
});

function schema(t: Test, text: string) {
  const file = join(t.testdir({ "user-data": text }), "user-data");
  return spawnSync("cloud-init", ["schema", "--config-file", file], { encoding: "utf8" });
}

test("cloud-init takes the user data", async (t) => {
  const { status, stdout, stderr } = schema(t, userData);
  t.equal(status, 0, stdout + stderr);
  t.match(stdout, /Valid/);
});

test("cloud-init would refuse one that is wrong", async (t) => {
  const { status, stdout, stderr } = schema(
    t,
    userData.replace("packages:\n", "packages: yes\nwas_packages:\n"),
  );
  t.not(status, 0);
  t.match(stdout + stderr, /packages/);
});

/** What systemd-analyze says of the unit, on a host that has Docker and nothing else. */
function analyze(t: Test, change: (unit: string) => string = (unit) => unit): string {
  const root = t.testdir({});
  const place = (path: string, content: string, mode = 0o644) => {
    const target = join(root, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, content);
    chmodSync(target, mode);
  };
  place("/usr/bin/docker", "#!/bin/true\n", 0o755);
  place("/etc/systemd/system/docker.service", "[Service]\nExecStart=/usr/bin/docker\n");
  for (const target of ["network-online", "basic", "shutdown", "sysinit", "multi-user"]) {
    place(`/etc/systemd/system/${target}.target`, "[Unit]\n");
  }
  for (const { path, content } of parse(userData).write_files) place(path, content);
  place("/etc/systemd/system/sorted.service", change(unitOf()));
  const { stdout, stderr } = spawnSync(
    "systemd-analyze",
    ["verify", `--root=${root}`, "/etc/systemd/system/sorted.service"],
    { encoding: "utf8" },
  );
  return stdout + stderr;
}

function unitOf(): string {
  const files: readonly { path: string; content: string }[] = parse(userData).write_files;
  return files.find(({ path }) => path.endsWith("/sorted.service"))?.content ?? "";
}

test("systemd takes the unit", async (t) => {
  t.match(execFileSync("systemd-analyze", ["--version"], { encoding: "utf8" }), /^systemd \d+/);
  t.equal(analyze(t), "");
});

test("systemd would complain of one that is wrong", async (t) => {
  t.match(
    analyze(t, (unit) => unit.replace("Restart=always", "Restart=sometimes")),
    /sometimes/,
  );
  t.match(
    analyze(t, (unit) => unit.replaceAll('"--log-opt=tag', '"--log-opt="tag')),
    /sorted\.service/,
  );
});
