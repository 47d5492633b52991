/**
 * A container of systemd-nspawn that boots like a machine: systemd, cloud-init and Docker are real, and start in
 * seconds. Linux is this machine's.
 */
import { once } from "node:events";
import { mkdirSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { run, stop } from "../command.ts";
import { temporaryFolder } from "../temporary.ts";
import { makeControlGroups, removeControlGroups } from "./control-groups.ts";
import type { MachineOptions, Started } from "./maker.ts";
import { rootFolder } from "./root.ts";
import { GATEWAY_ADDRESS, MACHINE_ADDRESS, writeSeed } from "./seed.ts";
import { Surroundings } from "./surroundings.ts";

/** nspawn's exit status for a container that asks for a restart. */
const RESTART = 133;

/**
 * `sh -c … sh ROOT FOLDER GROUPS COMMAND…`: puts a writable file system over the root, joins control groups, and
 * becomes the command. The mount disappears with the process, because its namespace does.
 */
const PREPARE = `
mount -t overlay overlay -o "lowerdir=$1,upperdir=$2/upper,workdir=$2/work" "$2/root"
for group in $3; do echo $$ >"$group/cgroup.procs"; done
shift 3
exec "$@"
`;

/** The files that Docker writes but nspawn makes read-only: the settings of its own network, and its control groups. */
const LET_DOCKER_WRITE = `
mount --bind /proc/sys/net /proc/sys/net
mount -o remount,bind,rw /proc/sys/net
for hierarchy in $(findmnt --noheadings --output TARGET --types cgroup,cgroup2); do
  mount -o remount,bind,rw "$hierarchy"
done
`;

/** What a cloud's DHCP would answer, for the one interface that nspawn gives a container. */
const NETWORK_CONFIGURATION = {
  version: 2,
  ethernets: {
    host0: {
      addresses: [`${MACHINE_ADDRESS}/24`],
      routes: [{ to: "0.0.0.0/0", via: GATEWAY_ADDRESS }],
    },
  },
};

/** Starts a container that boots. Everything it writes is gone when this process ends. */
export async function startInNspawn(options: MachineOptions): Promise<Started> {
  const root = await rootFolder();
  const folder = temporaryFolder();
  writeSeed(join(folder, "seed"), options, {
    bootCommands: [["sh", "-c", LET_DOCKER_WRITE]],
    network: NETWORK_CONFIGURATION,
  });
  for (const name of ["upper", "work", "root", "docker"]) mkdirSync(join(folder, name));

  const surroundings = await Surroundings.create(options, folder);
  const groups = await makeControlGroups(options.hostName);
  const consoleFile = join(folder, "console");
  const console = openSync(consoleFile, "a");
  const switchOn = () =>
    surroundings.host.start(
      "unshare",
      [
        ...["--mount", "sh", "-euc", PREPARE, "sh", root, folder, groups.join(" ")],
        ...["systemd-nspawn", "--boot", "--register=no", `--machine=${options.hostName}`],
        // Otherwise nspawn asks systemd for a control group.
        ...(groups.length > 0 ? ["--keep-unit"] : []),
        ...["--directory", join(folder, "root"), `--network-bridge=${surroundings.bridge}`],
        // Docker can't put its layers on another layer.
        `--bind=${join(folder, "docker")}:/var/lib/docker`,
        `--bind-ro=${join(folder, "seed")}:/var/lib/cloud/seed/nocloud`,
        ...["--resolv-conf=off", "--timezone=off"],
        // What Docker needs from Linux.
        "--system-call-filter=add_key keyctl bpf",
        // Stopping it means cutting its power.
        "--kill-signal=SIGKILL",
        // Current systemd refuses control groups of version 1 without this.
        ...["systemd.journald.forward_to_console=1", "SYSTEMD_CGROUP_ENABLE_LEGACY_FORCE=1"],
      ],
      { stdio: ["ignore", console, console] },
    );

  let container = switchOn();
  let isWanted = true;
  let isOff = false;
  const off = (async () => {
    do {
      const [status] = await once(container, "exit");
      isWanted &&= status === RESTART;
      if (isWanted) container = switchOn();
    } while (isWanted);
    isOff = true;
  })();
  return {
    isOff: () => isOff,
    localPorts: surroundings.localPorts,
    consoleFile,
    patienceSeconds: 120,
    pauseSeconds: 0.2,
    run: (command, args) => runInside(container.pid ?? 0, command, args),
    close: async () => {
      isWanted = false;
      await stop(container);
      await off;
      await surroundings.close();
      await removeControlGroups(groups);
    },
  };
}

/** Runs a command in the container of an nspawn, as a child of its systemd would. */
function runInside(nspawn: number, command: string, args: readonly string[]): Promise<string> {
  const init = readFileSync(`/proc/${nspawn}/task/${nspawn}/children`, "utf8").trim();
  const enter = ["--mount", "--uts", "--ipc", "--net", "--pid", "--cgroup", "--root", "--wd"];
  const environment = ["env", "--ignore-environment", "HOME=/root", "PATH=/usr/sbin:/usr/bin"];
  return run("nsenter", [`--target=${init}`, ...enter, ...environment, command, ...args]);
}
