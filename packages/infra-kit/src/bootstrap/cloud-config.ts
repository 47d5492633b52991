/** What a new host does at its first boot, as cloud-config: the same on both clouds. */
import { stringify } from "yaml";
import type { Container } from "./container.ts";
import type { Distribution, HostFile } from "./distribution.ts";
import { systemdUnit } from "./unit.ts";

/** How long the first boot waits for the application before cloud-init reports a failure. */
const readyTries = 60;
const secondsBetweenTries = 5;

/** A container, the host's distribution, and where the application says that it is ready. */
export interface BootstrapArgs {
  readonly container: Container;
  readonly distribution: Distribution;
  readonly readyPath: string;
}

/**
 * Renders the user data: installs Docker, writes the unit, starts it, and waits until the application is ready, so
 * that `cloud-init status` on the host tells whether the bootstrap worked. Its commands are lists of words: there is
 * no shell to quote for.
 *
 * @returns a document that starts with `#cloud-config`
 * @see https://cloudinit.readthedocs.io/en/latest/reference/modules.html
 */
export function renderBootstrap({ container, distribution, readyPath }: BootstrapArgs): string {
  const folder = `/etc/${container.name}`;
  const environment = `${folder}/environment`;
  const dockerConfig = `${folder}/docker`;
  const unit = `${container.name}.service`;
  const files: HostFile[] = [
    { path: environment, permissions: "0600", content: environmentFile(container.environment) },
    {
      path: `${dockerConfig}/config.json`,
      permissions: "0600",
      content: `${JSON.stringify(distribution.dockerConfig)}\n`,
    },
    ...distribution.files,
    {
      path: `/etc/systemd/system/${unit}`,
      permissions: "0644",
      content: systemdUnit(container, { environment, dockerConfig }, distribution.beforeStart),
    },
  ];
  const config = {
    ssh_pwauth: false,
    ...(distribution.installer === undefined && { package_update: true, packages: distribution.packages }),
    write_files: files,
    runcmd: [
      ...(distribution.installer === undefined ? [] : [[distribution.installer, ...distribution.packages]]),
      ["systemctl", "daemon-reload"],
      ["systemctl", "enable", "--now", "docker.service", unit, ...(distribution.units ?? [])],
      [
        "curl",
        "--fail",
        "--silent",
        "--show-error",
        "--output",
        "/dev/null",
        "--retry",
        String(readyTries),
        "--retry-delay",
        String(secondsBetweenTries),
        "--retry-all-errors",
        `http://127.0.0.1:${container.hostPort}${readyPath}`,
      ],
    ],
  };
  // cloud-init reads YAML 1.1, where an unquoted 0600 is a number.
  return `#cloud-config\n${stringify(config, { version: "1.1", lineWidth: 0 })}`;
}

/** Docker takes each line as it is, without quotes or escapes: a line end would start another variable. */
function environmentFile(environment: Readonly<Record<string, string>>): string {
  return Object.entries(environment)
    .map(([name, value]) => {
      if (/[\r\n]/.test(value)) throw new Error(`The variable ${name} must not contain a line end`);
      return `${name}=${value}\n`;
    })
    .join("");
}
