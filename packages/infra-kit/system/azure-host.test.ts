/**
 * Shows what the scripts of a host on Azure do, with fake commands for Docker, systemd and the requests to Azure, and with
 * the real apt-get for its lock. Can't show that Azure answers so.
 *
 * Needs `shellcheck`, `jq` and `python3` (Debian: shellcheck, jq, python3), and Debian's own apt.
 */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Test, test } from "tap";
import type { HostFile } from "../src/index.ts";
import { ubuntu } from "../src/index.ts";

const { files } = ubuntu({
  image: "sorted.azurecr.io/sorted@sha256:abc",
  clientId: "the-identity",
  unit: "sorted.service",
});
const scripts = files.filter(({ content }) => content.startsWith("#!"));

function script(name: string): HostFile {
  const found = scripts.find(({ path }) => path.endsWith(`/${name}`));
  if (found) return found;
  throw new Error(`There is no ${name}`);
}

/** Runs a script where commands are fakes; returns what each of them was called with. */
function run(t: Test, { content }: HostFile, words: readonly string[], commands: Record<string, string>) {
  const folder = t.testdir({ script: content, ...commands });
  for (const command of Object.keys(commands)) chmodSync(join(folder, command), 0o755);
  const { status, stderr } = spawnSync("/bin/sh", [join(folder, "script"), ...words], {
    encoding: "utf8",
    env: { PATH: `${folder}:/usr/bin:/bin`, FOLDER: folder },
  });
  const log = join(folder, "log");
  const calls = existsSync(log) ? readFileSync(log, "utf8").trimEnd().split("\n") : [];
  return { status, stderr, calls };
}

/** A command that writes down its words and goes on as `then` says. */
const fakeCommand = (then: string) => `#!/bin/sh
echo "$(basename "$0") $*" >>"$FOLDER/log"
${then}
`;

test("shellcheck has nothing to say", async (t) => {
  t.equal(scripts.length, 3);
  for (const { path, content } of scripts) {
    const { status, stdout } = spawnSync("shellcheck", ["-"], {
      input: content,
      encoding: "utf8",
    });
    t.equal(status, 0, `${path}\n${stdout}`);
  }
});

const aptGet = (then: string) => fakeCommand(`case "$*" in *install*) ${then} ;; esac`);
const dpkg = fakeCommand("");
const installed = ["apt-get --option DPkg::Lock::Timeout=300 install --yes docker.io jq"];

test("packages are installed in one go where nobody else installs", async (t) => {
  const { status, calls } = run(t, script("install-packages"), ["docker.io", "jq"], {
    dpkg,
    "apt-get": aptGet(""),
  });
  t.equal(status, 0);
  t.strictSame(calls, ["dpkg --configure -a", "apt-get update", ...installed]);
});

test("an installation that fails is tried again, after what another one left undone", async (t) => {
  const { status, calls } = run(t, script("install-packages"), ["docker.io", "jq"], {
    dpkg,
    "apt-get": aptGet('[ "$(grep -c install "$FOLDER/log")" -ge 3 ] || exit 100'),
    sleep: fakeCommand(""),
  });
  t.equal(status, 0);
  t.equal(calls.filter((call) => call.includes("install")).length, 3);
  t.equal(calls.filter((call) => call === "dpkg --configure -a").length, 3);
});

test("one that can't succeed fails, so that the boot reports it", async (t) => {
  const { status } = run(t, script("install-packages"), ["docker.io"], {
    dpkg,
    "apt-get": aptGet("exit 100"),
    sleep: fakeCommand(""),
  });
  t.equal(status, 1);
});

test("while another process holds dpkg's lock, as Azure's agents do, the real apt-get waits for it", async (t) => {
  const root = t.testdir({
    lists: { partial: {} },
    cache: { archives: { partial: {} } },
    status: "",
    "lock-frontend": "",
  });
  // Only what it says is ours: the lock lies beside the file of what is installed.
  const options = [
    `Dir::State::status=${root}/status`,
    `Dir::State::lists=${root}/lists`,
    `Dir::Cache=${root}/cache`,
  ];
  const holder = spawn("python3", [
    "-c",
    `import fcntl, sys, time
with open(sys.argv[1], "w") as lock:
    fcntl.lockf(lock, fcntl.LOCK_EX)
    print("held", flush=True)
    time.sleep(3)`,
    join(root, "lock-frontend"),
  ]);
  t.teardown(() => holder.kill());
  await once(holder.stdout, "data");

  const [, timeout = ""] = / (DPkg::Lock::Timeout=\d+) /.exec(script("install-packages").content) ?? [];
  const { status, stdout, stderr } = spawnSync(
    "/usr/bin/apt-get",
    [...[timeout, ...options].flatMap((option) => ["--option", option]), "install"],
    { encoding: "utf8" },
  );
  t.equal(status, 0, stderr);
  t.match(stdout + stderr, /Waiting for cache lock/);
});

test("the login exchanges the identity's token for the registry's, with neither on a command line", async (t) => {
  const { status, calls, stderr } = run(t, script("acr-login"), ["sorted.azurecr.io", "the-identity"], {
    curl: fakeCommand(`case "$*" in
*identity/oauth2/token*client_id=the-identity*resource=https%3A%2F%2Fcontainerregistry.azure.net*) echo '{"access_token":"of-the-machine"}' ;;
*https://sorted.azurecr.io/oauth2/exchange*) echo "curl reads $(cat)" >>"$FOLDER/log"; echo '{"refresh_token":"of-the-registry"}' ;;
*) exit 1 ;;
esac`),
    docker: fakeCommand(`echo "docker reads $(cat)" >>"$FOLDER/log"`),
  });
  t.equal(status, 0, stderr);
  t.ok(calls.includes("curl reads of-the-machine"));
  t.ok(calls.includes("docker reads of-the-registry"));
  t.ok(calls.some((call) => call.startsWith("docker login --username 00000000-0000-0000-0000-000000000000")));
  const commandLines = calls.filter((call) => !call.includes(" reads "));
  t.notMatch(commandLines.join("\n"), /of-the-(machine|registry)/);
});

test("a login that is refused fails, so that systemd tries again", async (t) => {
  const { status } = run(t, script("acr-login"), ["sorted.azurecr.io", "the-identity"], {
    curl: fakeCommand("exit 22"),
    docker: fakeCommand('[ -n "$(cat)" ]'),
  });
  t.not(status, 0);
});

/** Asks Azure once for events, of which this is the list. */
const askOnce = (t: Test, events: readonly Record<string, unknown>[]) =>
  run(t, script("leave-before-deletion"), ["sorted.service"], {
    curl: fakeCommand(`case "$*" in
*compute/name*) echo sorted_1 ;;
*--data*) echo "curl sends $(cat)" | tr -d ' \\n' >>"$FOLDER/log"; echo >>"$FOLDER/log" ;;
*) echo '${JSON.stringify({ Events: events })}' ;;
esac`),
    systemctl: fakeCommand(""),
    // The second time it ends the loop.
    sleep: `#!/bin/sh
[ ! -e "$FOLDER/slept" ] && touch "$FOLDER/slept"
`,
  });

const event = { EventId: "the-event", EventType: "Terminate", Resources: ["sorted_0", "sorted_1"] };

test("when Azure will take the machine away the unit is stopped, and then Azure is told to go on", async (t) => {
  for (const EventType of ["Terminate", "Preempt"]) {
    const { calls } = askOnce(t, [{ ...event, EventType }]);
    const stopped = calls.indexOf("systemctl stop sorted.service");
    const agreed = calls.findIndex((call) => call.includes('{"StartRequests":[{"EventId":"the-event"}]}'));
    t.ok(stopped >= 0 && agreed > stopped, EventType);
  }
});

test("nothing is stopped for another machine, or for what the machine outlives", async (t) => {
  for (const events of [
    [],
    [{ ...event, Resources: ["sorted_0"] }],
    [{ ...event, EventType: "Freeze" }],
    [{ ...event, Resources: ["sorted_10"] }],
  ]) {
    t.notMatch(askOnce(t, events).calls.join("\n"), "systemctl");
  }
});
