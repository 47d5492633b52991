/** The systemd unit that keeps the container running: after a crash, a kill of the container and a reboot. */
import { type Container, dockerRun } from "./container.ts";

/** systemd has to wait longer than Docker, or it would kill Docker's client first. */
const stopMarginSeconds = 15;

/**
 * @param container what to run
 * @param files where the host keeps the environment and Docker's client configuration
 * @param beforeStart commands to run before each start, such as a login to a registry
 * @returns the text of the unit file
 */
export function systemdUnit(
  container: Container,
  files: { readonly environment: string; readonly dockerConfig: string },
  beforeStart: readonly (readonly string[])[],
): string {
  return `[Unit]
Description=The container ${container.name}
Wants=network-online.target
After=network-online.target docker.service
Requires=docker.service
StartLimitIntervalSec=0

[Service]
Type=exec
Environment=HOME=/root DOCKER_CONFIG=${files.dockerConfig}
${[["-/usr/bin/docker", "rm", "--force", container.name], ...beforeStart]
  .map((command) => `ExecStartPre=${commandLine(command)}`)
  .join("\n")}
ExecStart=${commandLine(dockerRun(container, files.environment))}
ExecStop=${commandLine(["/usr/bin/docker", "stop", "-t", String(container.stopSeconds), container.name])}
SuccessExitStatus=143
Restart=always
RestartSec=5
TimeoutStartSec=300
TimeoutStopSec=${container.stopSeconds + stopMarginSeconds}

[Install]
WantedBy=multi-user.target
`;
}

/** Quotes words as systemd.service(5) asks; `%` stays, for its specifiers. */
function commandLine(words: readonly string[]): string {
  return words
    .map((word) => word.replaceAll("$", "$$$$"))
    .map((word) => (/^[^\s"'\\]+$/.test(word) ? word : `"${word.replace(/["\\]/g, "\\$&")}"`))
    .join(" ");
}
