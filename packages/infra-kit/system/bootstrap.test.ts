/**
 * Shows that cloud-init's own schema takes the rendered user data of both distributions, and that systemd takes the units
 * in it. Can't show that the packages exist in the distribution, or that the container starts: that takes a boot.
 *
 * Needs `cloud-init` and `systemd-analyze` (Debian: cloud-init, systemd).
 */
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Test, test } from "tap";
import { parse } from "yaml";
import { amazonLinux2023, type Container, type Distribution, renderBootstrap, ubuntu } from "../src/index.ts";

const digest = `sha256:${"ab".repeat(32)}`;

function userDataOf(image: string, logging: Container["logging"], distribution: Distribution): string {
  return renderBootstrap({
    container: {
      name: "sorted",
      image,
      hostPort: 80,
      furtherHostPorts: [8080],
      containerPort: 3000,
      environment: { PORT: "3000", MOTTO: 'say "hello" to $USER: 100 %, #1' },
      memoryMiB: 512,
      stopSeconds: 50,
      logging,
    },
    distribution,
    readyPath: "/readyz",
  });
}

const inEcr = `123456789012.dkr.ecr.eu-central-1.amazonaws.com/sorted@${digest}`;
const inAcr = `sorted0a1b2c3d.azurecr.io/sorted@${digest}`;
const unit = "sorted.service";

/** The user data of a host on each cloud. */
const hosts = {
  "Amazon Linux": userDataOf(
    inEcr,
    { driver: "awslogs", options: { "awslogs-stream": "%H", tag: "two words" } },
    amazonLinux2023(inEcr),
  ),
  Ubuntu: userDataOf(
    inAcr,
    { driver: "syslog", options: { "syslog-facility": "local0", tag: "two words" } },
    ubuntu({ image: inAcr, clientId: "00000000-0000-0000-0000-000000000000", unit }),
  ),
};

function schema(t: Test, text: string) {
  const file = join(t.testdir({ "user-data": text }), "user-data");
  return spawnSync("cloud-init", ["schema", "--config-file", file], { encoding: "utf8" });
}

for (const [host, userData] of Object.entries(hosts)) {
  test(`${host}: cloud-init takes the user data`, async (t) => {
    const { status, stdout, stderr } = schema(t, userData);
    t.equal(status, 0, stdout + stderr);
    t.match(stdout, /Valid/);
  });

  test(`${host}: cloud-init would refuse one that is wrong`, async (t) => {
    const { status, stdout, stderr } = schema(t, userData.replace("runcmd:\n", "runcmd: yes\nwas_runcmd:\n"));
    t.not(status, 0);
    t.match(stdout + stderr, /runcmd/);
  });

  test(`${host}: systemd takes the units`, async (t) => {
    t.match(execFileSync("systemd-analyze", ["--version"], { encoding: "utf8" }), /^systemd \d+/);
    t.equal(analyze(t, userData), "");
  });

  test(`${host}: systemd would complain of one that is wrong`, async (t) => {
    t.match(
      analyze(t, userData, (content) => content.replace("Restart=always", "Restart=sometimes")),
      /sometimes/,
    );
    t.match(
      analyze(t, userData, (content) => content.replaceAll('"--log-opt=tag', '"--log-opt="tag')),
      /sorted\.service/,
    );
  });
}

/** What systemd-analyze says of the units, on a host that has Docker and nothing else. */
function analyze(t: Test, userData: string, change: (unit: string) => string = (unit) => unit): string {
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
  const files: readonly { path: string; content: string; permissions: string }[] =
    parse(userData).write_files;
  const units = files.filter(({ path }) => path.endsWith(".service")).map(({ path }) => path);
  for (const { path, content, permissions } of files)
    place(path, path.endsWith(`/${unit}`) ? change(content) : content, Number.parseInt(permissions, 8));
  const { stdout, stderr } = spawnSync("systemd-analyze", ["verify", `--root=${root}`, ...units], {
    encoding: "utf8",
  });
  return stdout + stderr;
}
