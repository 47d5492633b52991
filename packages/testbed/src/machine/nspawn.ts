/**
 * A container of systemd-nspawn's, which boots like a machine: systemd, cloud-init and Docker are real, and start in
 * seconds. The kernel is this machine's.
 */
import { existsSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { run, start, stop } from "../command.ts";
import { temporaryFolder } from "../temporary.ts";
import type { MachineOptions, Started } from "./maker.ts";
import { rootFolder } from "./root.ts";
import { GATEWAY_ADDRESS, MACHINE_ADDRESS, writeSeed } from "./seed.ts";
import { Surroundings } from "./surroundings.ts";

/**
 * `sh -c … sh ROOT FOLDER GROUPS COMMAND…`: lays a writable file system over the root, joins control groups, and becomes
 * the command. The mount goes with the process, as its namespace does.
 */
const PREPARE = `
mount -t overlay overlay -o "lowerdir=$1,upperdir=$2/upper,workdir=$2/work" "$2/root"
for group in $3; do echo $$ >"$group/cgroup.procs"; done
shift 3
exec "$@"
`;

/**
 * What Docker writes, and nspawn lets a container only read: the settings of its own network, and the controllers, where the
 * kernel's control groups are of version 1.
 */
const LET_DOCKER_WRITE = `
mount --bind /proc/sys/net /proc/sys/net
mount -o remount,bind,rw /proc/sys/net
for controller in /sys/fs/cgroup/*/cgroup.procs; do
  mount -o remount,bind,rw "$(dirname "$controller")" || true
done
`;

/** The network that a cloud's DHCP would describe. */
const NETWORK_CONFIGURATION = {
  version: 2,
  ethernets: {
    eth0: {
      addresses: [`${MACHINE_ADDRESS}/24`],
      routes: [{ to: "0.0.0.0/0", via: GATEWAY_ADDRESS }],
    },
  },
};

/** Starts a container that boots. What it writes is gone when this process ends. */
export async function startInNspawn(options: MachineOptions): Promise<Started> {
  const root = await rootFolder();
  const folder = temporaryFolder();
  writeSeed(join(folder, "seed"), options, {
    bootCommands: [["sh", "-c", LET_DOCKER_WRITE]],
    network: NETWORK_CONFIGURATION,
  });
  for (const name of ["upper", "work", "root", "docker"]) mkdirSync(join(folder, name));

  const surroundings = await Surroundings.create(options, folder);
  const consoleFile = join(folder, "console");
  const console = openSync(consoleFile, "w");
  const groups = controlGroups(`sorted-testbed.${process.pid}.${options.hostName}`);
  const container = start(
    "unshare",
    [
      ...["--mount", "sh", "-euc", PREPARE, "sh", root, folder, groups.join(" ")],
      ...["systemd-nspawn", "--boot", "--register=no", `--machine=${options.hostName}`],
      // Else nspawn asks systemd for a control group.
      ...(groups.length > 0 ? ["--keep-unit"] : []),
      ...[
        "--directory",
        join(folder, "root"),
        `--network-namespace-path=/proc/${surroundings.inside.pid}/ns/net`,
      ],
      // Docker's layers can't lie on a layer.
      `--bind=${join(folder, "docker")}:/var/lib/docker`,
      `--bind-ro=${join(folder, "seed")}:/var/lib/cloud/seed/nocloud`,
      ...["--resolv-conf=off", "--timezone=off"],
      // What Docker asks of the kernel.
      ...["--capability=all", "--system-call-filter=add_key keyctl bpf"],
      // To be stopped is to be cut from power.
      "--kill-signal=SIGKILL",
      // systemd of today refuses control groups of version 1 unless it is told so.
      ...["systemd.journald.forward_to_console=1", "SYSTEMD_CGROUP_ENABLE_LEGACY_FORCE=1"],
    ],
    { stdio: ["ignore", console, console] },
  );
  return {
    process: container,
    localPorts: surroundings.localPorts,
    consoleFile,
    patienceSeconds: 120,
    pauseSeconds: 0.2,
    run: (command, args) => runInside(container.pid ?? 0, command, args),
    close: async () => {
      await stop(container);
      await surroundings.close();
      for (const group of groups) await run("find", [group, "-depth", "-type", "d", "-delete"]);
    },
  };
}

/** Runs a command in the container of an nspawn, as systemd's own child would. */
function runInside(nspawn: number, command: string, args: readonly string[]): Promise<string> {
  const init = readFileSync(`/proc/${nspawn}/task/${nspawn}/children`, "utf8").trim();
  const enter = ["--mount", "--uts", "--ipc", "--net", "--pid", "--cgroup", "--root", "--wd=/"];
  const environment = ["env", "--ignore-environment", "HOME=/root", "PATH=/usr/sbin:/usr/bin"];
  return run("nsenter", [`--target=${init}`, ...enter, ...environment, command, ...args]);
}

/**
 * Makes control groups for a container in the hierarchies in which systemd keeps its units: it takes those that it starts
 * in for its own. None where systemd runs here, and gives them itself.
 */
function controlGroups(name: string): readonly string[] {
  if (existsSync("/run/systemd/system")) return [];
  const hierarchies = ["/sys/fs/cgroup", "/sys/fs/cgroup/unified", "/sys/fs/cgroup/systemd"];
  const groups = hierarchies
    .filter((hierarchy) => existsSync(join(hierarchy, "cgroup.procs")))
    .map((hierarchy) => join(hierarchy, name));
  for (const group of groups) mkdirSync(group);
  return groups;
}
