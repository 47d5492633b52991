/** What a cloud tells a machine at its start, for cloud-init's NoCloud, and what a cloud's network does by itself. */
import { mkdirSync, writeFileSync } from "node:fs";
import type { MachineOptions } from "./maker.ts";
import type { Services } from "./services.ts";

/** The machine's network. QEMU answers only at addresses of one network: {@link METADATA_ADDRESS} is in this one. */
export const NETWORK = "168.0.0.0/7";
export const METADATA_ADDRESS = "169.254.169.254";
export const GATEWAY_ADDRESS = "168.0.2.2";
export const MACHINE_ADDRESS = "168.0.2.15";
/** The address of all sites of {@link Services}. */
export const SITES_ADDRESS = "168.0.2.100";

/** What else a maker of machines has to tell a machine. */
export interface SeedExtras {
  /** Commands to run at each start, before anything else. */
  readonly bootCommands?: readonly (readonly string[])[];
  /** cloud-init's network configuration, version 2. Without it the machine asks by DHCP. */
  readonly network?: object;
}

/**
 * Writes the files that NoCloud reads instead of a cloud's metadata service, to a new folder.
 *
 * @see https://cloudinit.readthedocs.io/en/latest/reference/datasources/nocloud.html
 */
export function writeSeed(
  folder: string,
  { hostName, userData, services, bootCommands = [] }: MachineOptions,
  { bootCommands: ofMaker = [], network }: SeedExtras = {},
): void {
  const files = {
    "user-data": userData,
    "meta-data": JSON.stringify({ "instance-id": hostName, "local-hostname": hostName }),
    "vendor-data": `#cloud-config\n${JSON.stringify({ bootcmd: [...ofMaker, ...findServices(services), ...bootCommands] })}`,
    ...(network && { "network-config": JSON.stringify(network) }),
  };
  mkdirSync(folder);
  for (const [name, content] of Object.entries(files)) writeFileSync(`${folder}/${name}`, content);
}

/**
 * Makes names lead to the services, and trusts their certificate. It puts the certificate where update-ca-certificates
 * would, because that command takes more than a minute on an emulated machine.
 */
function findServices({ names, certificate }: Services): readonly (readonly string[])[] {
  const hosts = `127.0.0.1 localhost\n${SITES_ADDRESS} ${names.join(" ")}\n`;
  return [
    ["sh", "-c", 'printf "%s" "$1" > /etc/hosts', "sh", hosts],
    ["sh", "-c", 'printf "%s" "$1" >> /etc/ssl/certs/ca-certificates.crt', "sh", certificate],
  ];
}
