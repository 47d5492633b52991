/** A virtual machine of QEMU, with its own Linux kernel. If it is emulated, a cloud's seconds become minutes. */
import { openSync } from "node:fs";
import type { Server } from "node:net";
import { join } from "node:path";
import { start, stop } from "../command.ts";
import { temporaryFolder } from "../temporary.ts";
import { runByAgent } from "./agent.ts";
import { doorwayTo } from "./doorway.ts";
import { BY_EMULATION, BY_PROCESSOR, kvmWorks } from "./kvm.ts";
import { freePort, listen } from "./listen.ts";
import type { MachineOptions, Started } from "./maker.ts";
import { diskFolder } from "./root.ts";
import { METADATA_ADDRESS, NETWORK, SITES_ADDRESS, writeSeed } from "./seed.ts";

const MEMORY_MIB = 1536;

const KERNEL_PARAMETERS = [
  // Linux finds the disks in any order.
  ...["root=PARTUUID=12345678-01", "rootwait", "rw"],
  ...["console=ttyS0", "systemd.journald.forward_to_console=1"],
  // Without guards against flaws of processors, and without security modules, which have no rules here: both are slow.
  ...["mitigations=off", "lsm=yama", "audit=0"],
];

/** Switches a virtual machine on. Everything it writes to its disk is gone when it is closed. */
export async function startInQemu(options: MachineOptions): Promise<Started> {
  const { services, ports } = options;
  const image = await diskFolder();
  const folder = temporaryFolder();
  writeSeed(join(folder, "seed"), options);
  const doorways: Server[] = [];
  const localPorts = new Map<number, number>();
  const forwarded: string[] = [];
  for (const port of ports) {
    const local = await freePort();
    forwarded.push(`hostfwd=tcp:127.0.0.1:${local}-:${port}`);
    const doorway = doorwayTo(local);
    doorways.push(doorway);
    localPorts.set(port, await listen(doorway));
  }
  const consoleFile = join(folder, "console");
  const console = openSync(consoleFile, "w");
  const agent = join(folder, "agent");
  const process = start(
    "qemu-system-x86_64",
    [
      ...["-nodefaults", "-no-user-config", "-display", "none"],
      ...((await kvmWorks()) ? BY_PROCESSOR : BY_EMULATION),
      ...["-machine", "q35,sata=off,smbus=off,hpet=off", "-smp", "2", "-m", `${MEMORY_MIB}`],
      ...["-kernel", join(image, "vmlinuz"), "-append", KERNEL_PARAMETERS.join(" ")],
      ...nvme("disk", `file=${join(image, "disk.img")},format=raw,snapshot=on,cache=unsafe`),
      ...nvme("seed", `driver=vvfat,dir=${join(folder, "seed")},label=cidata,read-only=on`),
      "-netdev",
      [
        `user,id=network,net=${NETWORK},restrict=on`,
        leadsTo(`${METADATA_ADDRESS}:80`, services.metadataSocket),
        leadsTo(`${SITES_ADDRESS}:443`, services.sitesSocket),
        ...forwarded,
      ].join(),
      ...["-device", "virtio-net-pci,netdev=network", "-device", "virtio-serial-pci"],
      ...["-chardev", `socket,id=agent,path=${agent},server=on,wait=off`],
      ...["-device", "virtserialport,chardev=agent,name=org.qemu.guest_agent.0"],
      ...["-serial", "stdio"],
    ],
    { stdio: ["ignore", console, console] },
  );
  return {
    isOff: () => process.exitCode !== null || process.signalCode !== null,
    localPorts,
    consoleFile,
    // An emulated machine on a busy host is slow, and each question takes some of its time.
    patienceSeconds: 900,
    pauseSeconds: 2,
    run: async (command, args) => {
      const { status, stdout, stderr } = await runByAgent(agent, command, args);
      if (status === 0) return stdout;
      throw new Error(`${command} ${args.join(" ")}: ${status}\n${stdout}${stderr}`);
    },
    close: async () => {
      for (const doorway of doorways) doorway.close();
      await stop(process);
    },
  };
}

/** A disk on a bus that Debian's kernel supports without a module, so no initial RAM disk is necessary. */
function nvme(id: string, drive: string): readonly string[] {
  return ["-drive", `id=${id},if=none,${drive}`, "-device", `nvme,drive=${id},serial=${id}`];
}

/** Connects an address of the machine's network with a socket of ours. */
function leadsTo(address: string, socket: string): string {
  return `guestfwd=tcp:${address}-cmd:socat STDIO UNIX-CONNECT:${socket}`;
}
