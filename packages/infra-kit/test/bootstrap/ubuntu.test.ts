/**
 * Shows what a host on Azure is told to do beside running the container. What its scripts then do is checked by
 * system/azure-host.test.ts.
 */
import { test } from "tap";
import { parse } from "yaml";
import { renderBootstrap } from "../../src/bootstrap/cloud-config.ts";
import { acrRegistryOf, ubuntu } from "../../src/bootstrap/ubuntu.ts";

const inAcr = "sorted0a1b2c3d.azurecr.io/sorted@sha256:abc";
const elsewhere = "ghcr.io/someone/sorted@sha256:abc";

/** Renders the bootstrap and reads it back as cloud-init does. */
function boot(image: string, furtherHostPorts: readonly number[] = []) {
  const text = renderBootstrap({
    container: {
      name: "sorted",
      image,
      hostPort: 80,
      furtherHostPorts,
      containerPort: 3000,
      environment: {},
      memoryMiB: 512,
      stopSeconds: 50,
      logging: { driver: "syslog", options: {} },
    },
    distribution: ubuntu({ image, clientId: "the-identity", unit: "sorted.service" }),
    readyPath: "/readyz",
  });
  const { package_update, packages, runcmd, write_files } = parse(text, { version: "1.1" });
  const files: Record<string, string> = {};
  for (const { path, content } of write_files) files[path] = content;
  const beforeStart = (files["/etc/systemd/system/sorted.service"] ?? "")
    .split("\n")
    .filter((line) => line.startsWith("ExecStartPre="))
    .map((line) => line.slice("ExecStartPre=".length));
  const run = (files["/etc/systemd/system/sorted.service"] ?? "").match(/^ExecStart=(.*)$/m)?.[1] ?? "";
  return { byCloudInit: { package_update, packages }, runcmd, files, beforeStart, run };
}

test("for an image in Azure's registry the host logs in before each start, as one of its identities", async (t) => {
  const { files, beforeStart } = boot(inAcr);
  t.match(files["/usr/local/sbin/acr-login"], /oauth2\/exchange/);
  t.equal(beforeStart.at(-1), "/usr/local/sbin/acr-login sorted0a1b2c3d.azurecr.io the-identity");
});

test("first the host installs Docker itself: cloud-init would not wait for Azure's agents, which install too", async (t) => {
  const { byCloudInit, runcmd, files } = boot(elsewhere);
  t.strictSame(byCloudInit, { package_update: undefined, packages: undefined });
  t.strictSame(runcmd[0], ["/usr/local/sbin/install-packages", "docker.io", "jq"]);
  t.ok("/usr/local/sbin/install-packages" in files);
});

test("for an image elsewhere it logs in nowhere", async (t) => {
  const { files, beforeStart } = boot(elsewhere);
  t.notOk("/usr/local/sbin/acr-login" in files);
  t.notMatch(beforeStart.join("\n"), "acr-login");
});

test("containers are kept from the tokens of the host's identities, however often they start", async (t) => {
  const guards = boot(elsewhere).beforeStart.filter((command) => command.includes("iptables"));
  const rule = "DOCKER-USER --destination 169.254.169.254 --jump REJECT";
  t.ok(
    guards.indexOf(`-/usr/sbin/iptables --wait --delete ${rule}`) <
      guards.indexOf(`/usr/sbin/iptables --wait --insert ${rule}`),
  );
  t.match(guards.join("\n"), "--insert DOCKER-USER --destination 168.63.129.16 --protocol tcp");
});

test("the application is stopped before Azure takes the host away", async (t) => {
  const { files, runcmd } = boot(elsewhere);
  t.match(
    files["/etc/systemd/system/leave-before-deletion.service"],
    "leave-before-deletion sorted.service\n",
  );
  t.ok(runcmd[2].includes("leave-before-deletion.service"));
});

test("further ports of the host lead to the same container", async (t) => {
  t.match(boot(elsewhere, [8080]).run, " --publish=80:3000 --publish=8080:3000 ");
  t.notMatch(boot(elsewhere).run, "8080");
});

test("a registry of ACR is known by its whole name", async (t) => {
  t.equal(acrRegistryOf(inAcr), "sorted0a1b2c3d.azurecr.io");
  for (const other of [
    elsewhere,
    "sorted.azurecr.io.example.com/sorted",
    "evil.example/sorted.azurecr.io/sorted",
    "sorted.azurecr.io",
  ]) {
    t.equal(acrRegistryOf(other), undefined, other);
  }
});
