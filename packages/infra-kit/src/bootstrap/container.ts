/** The container as `docker run` starts it on a host: locked down, with limits, logging where the cloud reads. */

/** One container on one host. */
export interface Container {
  /** The container's name, and that of its systemd unit. */
  readonly name: string;
  /** The image, by digest. */
  readonly image: string;
  readonly hostPort: number;
  /** Further ports of the host that lead to the same port of the container. */
  readonly furtherHostPorts?: readonly number[];
  readonly containerPort: number;
  /** The environment, by file rather than on the command line, where every process of the host could read it. */
  readonly environment: Readonly<Record<string, string>>;
  /** Above it Linux kills the container, and systemd starts it again. */
  readonly memoryMiB: number;
  /** From SIGTERM to SIGKILL. */
  readonly stopSeconds: number;
  /** Docker's log driver and its options. systemd's specifiers work in the values: `%H` is the host's name. */
  readonly logging: { readonly driver: string; readonly options: Readonly<Record<string, string>> };
}

/** Limit on processes and threads: Node has a dozen a worker; a runaway stops here. */
const pidsLimit = 256;

/**
 * The words of the command that runs a container in the foreground. On a bridge, not on the host's network, or the
 * hop limit of the metadata service would protect nothing.
 *
 * @param environmentFile the file on the host that holds `NAME=value` lines
 */
export function dockerRun(container: Container, environmentFile: string): readonly string[] {
  const { driver, options } = container.logging;
  return [
    "/usr/bin/docker",
    "run",
    "--rm",
    `--name=${container.name}`,
    "--network=bridge",
    ...[container.hostPort, ...(container.furtherHostPorts ?? [])].map(
      (port) => `--publish=${port}:${container.containerPort}`,
    ),
    `--env-file=${environmentFile}`,
    // Nobody here reads what the image's own check says: the load balancer has its own, and systemd sees the end.
    "--no-healthcheck",
    "--read-only",
    "--tmpfs=/tmp:rw,noexec,nosuid,nodev,size=64m",
    "--cap-drop=ALL",
    "--security-opt=no-new-privileges",
    `--pids-limit=${pidsLimit}`,
    `--memory=${container.memoryMiB}m`,
    `--memory-swap=${container.memoryMiB}m`,
    `--log-driver=${driver}`,
    ...Object.entries(options).map(([name, value]) => `--log-opt=${name}=${value}`),
    container.image,
  ];
}
