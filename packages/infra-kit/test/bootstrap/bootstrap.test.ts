/**
 * Shows what the first boot is told to do. That cloud-init and systemd take it is checked by system/bootstrap.test.ts,
 * with the real tools.
 */
import { test } from "tap";
import { parse } from "yaml";
import { amazonLinux2023, ecrRegistryOf } from "../../src/bootstrap/amazon-linux.ts";
import { renderBootstrap } from "../../src/bootstrap/cloud-config.ts";
import type { Container } from "../../src/bootstrap/container.ts";
import type { Distribution, HostFile } from "../../src/bootstrap/distribution.ts";

const container: Container = {
  name: "sorted",
  image: "registry.example.com/sorted@sha256:abc",
  hostPort: 80,
  containerPort: 3000,
  environment: { PORT: "3000", GREETING: 'say "hello" to $USER, 100 %' },
  memoryMiB: 512,
  stopSeconds: 50,
  logging: { driver: "journald", options: { tag: "sorted on %H" } },
};

const plain: Distribution = { packages: ["docker.io"], files: [], dockerConfig: {}, beforeStart: [] };

interface CloudConfig {
  readonly packages: readonly string[];
  readonly write_files: readonly HostFile[];
  readonly runcmd: readonly (readonly string[])[];
}

/** Renders and reads it back as cloud-init does, by YAML 1.1. */
function boot(changes: Partial<Container> = {}, distribution = plain) {
  const text = renderBootstrap({
    container: { ...container, ...changes },
    distribution,
    readyPath: "/readyz",
  });
  const config: CloudConfig = parse(text, { version: "1.1" });
  const file = (path: string) => config.write_files.find((each) => each.path === path);
  const unit = file("/etc/systemd/system/sorted.service")?.content ?? "";
  /** All values of a key of the unit. */
  const values = (key: string) =>
    unit.split("\n").flatMap((line) => (line.startsWith(`${key}=`) ? [line.slice(key.length + 1)] : []));
  return { text, config, file, values };
}

test("it is cloud-config that installs Docker and starts the container's unit", async (t) => {
  const { text, config } = boot();
  t.ok(text.startsWith("#cloud-config\n"));
  t.strictSame(config.packages, ["docker.io"]);
  t.strictSame(config.runcmd.slice(0, 2), [
    ["systemctl", "daemon-reload"],
    ["systemctl", "enable", "--now", "docker.service", "sorted.service"],
  ]);
});

test("the boot succeeds when the application is ready on the host's port", async (t) => {
  const { config } = boot({ hostPort: 8080 });
  const last = config.runcmd.at(-1);
  t.equal(last?.[0], "curl");
  t.equal(last?.at(-1), "http://127.0.0.1:8080/readyz");
  t.ok(last?.includes("--fail") && last.includes("--retry-all-errors"));
});

test("the container is locked down and limited", async (t) => {
  const [run = ""] = boot().values("ExecStart");
  const words = run.split(" ");
  for (const word of [
    "--read-only",
    "--cap-drop=ALL",
    "--security-opt=no-new-privileges",
    "--network=bridge",
    "--pids-limit=256",
    "--memory=512m",
    "--memory-swap=512m",
    "--tmpfs=/tmp:rw,noexec,nosuid,nodev,size=64m",
    "--publish=80:3000",
    "--log-driver=journald",
  ]) {
    t.ok(words.includes(word), word);
  }
  t.notMatch(run, /--privileged|--user=(0|root)|--network=host|docker\.sock/);
  t.equal(words.at(-1), container.image);
});

test("no process of Node's is started every few seconds for a check that nobody reads", async (t) => {
  t.match(boot().values("ExecStart")[0], " --no-healthcheck ");
});

test("the environment reaches the container as it is, by a file that only root reads", async (t) => {
  const { file, values } = boot();
  t.strictSame(file("/etc/sorted/environment"), {
    path: "/etc/sorted/environment",
    permissions: "0600",
    content: 'PORT=3000\nGREETING=say "hello" to $USER, 100 %\n',
  });
  t.match(values("ExecStart")[0], " --env-file=/etc/sorted/environment ");
  t.notMatch(values("ExecStart")[0], "GREETING");
});

test("a value with a line end would become another variable: it is refused by name", async (t) => {
  t.throws(() => boot({ environment: { GREETING: "a\nPORT=1" } }), {
    message: "The variable GREETING must not contain a line end",
  });
});

test("the container is started again whenever it ends, and at every boot", async (t) => {
  const { values } = boot();
  t.strictSame(values("Restart"), ["always"]);
  t.strictSame(values("StartLimitIntervalSec"), ["0"]);
  t.strictSame(values("WantedBy"), ["multi-user.target"]);
  t.strictSame(values("Requires"), ["docker.service"]);
});

test("a container that a crash of the host left behind is out of the way", async (t) => {
  t.strictSame(boot().values("ExecStartPre"), ["-/usr/bin/docker rm --force sorted"]);
});

test("nothing kills the application before its time to stop is over", async (t) => {
  const { values } = boot({ stopSeconds: 120 });
  t.strictSame(values("ExecStop"), ["/usr/bin/docker stop -t 120 sorted"]);
  t.ok(Number(values("TimeoutStopSec")[0]) > 120);
});

test("words with spaces, quotes and dollars stay one word for systemd; its specifiers work", async (t) => {
  const options = { tag: "sorted on %H", label: 'a "b" \\ $HOME' };
  const [run = ""] = boot({ logging: { driver: "journald", options } }).values("ExecStart");
  t.match(run, ' "--log-opt=tag=sorted on %H" ');
  t.ok(run.includes(' "--log-opt=label=a \\"b\\" \\\\ $$HOME" '), run);
});

test("file modes are text: as numbers cloud-init would read them wrongly", async (t) => {
  for (const { path, permissions } of boot().config.write_files) t.type(permissions, "string", path);
});

test("what a distribution needs comes in: files before the unit, commands before each start", async (t) => {
  const login: HostFile = { path: "/etc/sorted/login", permissions: "0700", content: "#!/bin/sh\n" };
  const distribution = { ...plain, files: [login], beforeStart: [["/etc/sorted/login", "registry example"]] };
  const { file, values } = boot({}, distribution);
  t.strictSame(file(login.path), login);
  t.equal(values("ExecStartPre").at(-1), '/etc/sorted/login "registry example"');
});

test("Amazon Linux 2023 logs in to ECR by the instance's credentials, fresh for each pull", async (t) => {
  const image = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/sorted@sha256:abc";
  const { config, file, values } = boot({ image }, amazonLinux2023(image));
  t.strictSame(config.packages, ["docker", "amazon-ecr-credential-helper"]);
  t.strictSame(JSON.parse(file("/etc/sorted/docker/config.json")?.content ?? ""), {
    credHelpers: { "123456789012.dkr.ecr.eu-central-1.amazonaws.com": "ecr-login" },
  });
  t.strictSame(values("Environment"), ["HOME=/root DOCKER_CONFIG=/etc/sorted/docker"]);
});

test("Amazon Linux 2023 needs no login for an image elsewhere", async (t) => {
  const { packages, dockerConfig } = amazonLinux2023("ghcr.io/someone/sorted@sha256:abc");
  t.strictSame({ packages, dockerConfig }, { packages: ["docker"], dockerConfig: {} });
});

test("a registry of ECR is known by its whole name", async (t) => {
  t.equal(
    ecrRegistryOf("123456789012.dkr.ecr.eu-central-1.amazonaws.com/sorted@sha256:abc"),
    "123456789012.dkr.ecr.eu-central-1.amazonaws.com",
  );
  for (const other of [
    "public.ecr.aws/someone/sorted",
    "123456789012.dkr.ecr.eu-central-1.amazonaws.com.example.com/sorted",
    "evil.example/123456789012.dkr.ecr.eu-central-1.amazonaws.com/sorted",
  ]) {
    t.equal(ecrRegistryOf(other), undefined, other);
  }
});

test("there is no shell in it: commands are lists of words, and no file is a script", async (t) => {
  const { config } = boot(
    {},
    amazonLinux2023("123456789012.dkr.ecr.eu-central-1.amazonaws.com/sorted@sha256:abc"),
  );
  for (const command of config.runcmd) t.ok(Array.isArray(command), String(command));
  for (const { path, content } of config.write_files) t.notOk(content.startsWith("#!"), path);
});
