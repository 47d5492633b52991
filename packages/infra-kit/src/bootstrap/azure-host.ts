/** What a host on Azure has to do by itself: install packages beside Azure's agents, log in to a registry, and leave in good order. */
import type { HostFile } from "./distribution.ts";

/**
 * Azure installs its agents at the same time as the host installs Docker, and dpkg lets only one of them work. cloud-init
 * would wait 30 seconds for it, and not try again. A process that ended halfway leaves the rest to `dpkg --configure`.
 *
 * @see https://github.com/Azure/azure-linux-extensions/issues/1499
 */
export const install: HostFile = {
  path: "/usr/local/sbin/install-packages",
  permissions: "0755",
  content: `#!/bin/sh
# install-packages NAME...: waits for whoever else installs, and tries again when that was not enough.
set -u
export DEBIAN_FRONTEND=noninteractive
tries=20
until dpkg --configure -a && apt-get update && apt-get --option DPkg::Lock::Timeout=300 install --yes "$@"; do
  tries=$((tries - 1))
  [ "$tries" -gt 0 ] || exit 1
  sleep 10
done
`,
};

/**
 * The exchange of a token of the machine's identity for one of the registry. No token is on a command line, where every
 * process of the host could read it. The token is for registries, as a policy of Azure's makes them refuse one for Azure's API.
 *
 * @see https://github.com/Azure/acr/blob/main/docs/AAD-OAuth.md
 * @see https://learn.microsoft.com/azure/container-registry/container-registry-disable-authentication-as-arm
 */
export const acrLogin: HostFile = {
  path: "/usr/local/sbin/acr-login",
  permissions: "0755",
  content: `#!/bin/sh
# acr-login REGISTRY CLIENT_ID: logs Docker in to a registry of Azure by an identity of this machine.
set -eu
registry=$1
metadata=http://169.254.169.254/metadata/identity/oauth2/token
query="api-version=2018-02-01&client_id=$2&resource=https%3A%2F%2Fcontainerregistry.azure.net"
fetch() {
  curl --fail --silent --show-error --retry 10 --retry-all-errors "$@"
}
fetch --noproxy '*' --header Metadata:true "$metadata?$query" |
  jq --exit-status --join-output .access_token |
  fetch --data grant_type=access_token --data-urlencode "service=$registry" --data-urlencode access_token@- \\
    "https://$registry/oauth2/exchange" |
  jq --exit-status --raw-output .refresh_token |
  docker login --username 00000000-0000-0000-0000-000000000000 --password-stdin "$registry"
`,
};

/**
 * Azure deletes a machine without a word to what runs on it, but announces that to whoever asks. The application is
 * stopped then, which finishes its requests, and Azure need not wait any longer.
 *
 * @see https://learn.microsoft.com/azure/virtual-machine-scale-sets/virtual-machine-scale-sets-terminate-notification
 */
const leave: HostFile = {
  path: "/usr/local/sbin/leave-before-deletion",
  permissions: "0755",
  content: `#!/bin/sh
# leave-before-deletion UNIT: stops a unit as soon as Azure says that it will take this machine away.
set -u
metadata=http://169.254.169.254/metadata
events="$metadata/scheduledevents?api-version=2020-07-01"
fetch() {
  curl --fail --silent --show-error --noproxy '*' --header Metadata:true "$@"
}
machine=$(fetch --retry 10 --retry-all-errors "$metadata/instance/compute/name?api-version=2021-02-01&format=text")
while sleep 5; do
  event=$(fetch "$events" | jq --raw-output --arg machine "$machine" '
    first(.Events[]
      | select(.EventType == "Terminate" or .EventType == "Preempt")
      | select(.Resources | index($machine))
      | .EventId)')
  [ -n "$event" ] || continue
  systemctl stop "$1"
  jq --null-input --arg event "$event" '{ StartRequests: [{ EventId: $event }] }' | fetch --data @- "$events"
done
`,
};

/** The unit that asks Azure, in the place of systemd's units. */
const leaveUnit = (unit: string): HostFile => ({
  path: "/etc/systemd/system/leave-before-deletion.service",
  permissions: "0644",
  content: `[Unit]
Description=Stops the application before Azure takes this machine away
Wants=network-online.target
After=network-online.target

[Service]
ExecStart=${leave.path} ${unit}
Restart=always
RestartSec=5

[Install]
WantedBy=multi-user.target
`,
});

/** The files by which a unit is stopped before Azure takes the machine away. */
export const leaveFiles = (unit: string): readonly HostFile[] => [leave, leaveUnit(unit)];

/** What Azure keeps for the machine alone: tokens of its identities, and the agent's own configuration. */
const platform = [
  ["--destination", "169.254.169.254"],
  ["--destination", "168.63.129.16", "--protocol", "tcp", "--match", "multiport", "--dports", "80,32526"],
];

/**
 * Commands that keep containers from the metadata service and the agent's server. On AWS a hop limit does that; Azure has
 * none. A rule that is there from an earlier start is taken away first.
 */
export const guardPlatform: readonly (readonly string[])[] = platform.flatMap((traffic) => {
  const rule = ["DOCKER-USER", ...traffic, "--jump", "REJECT"];
  return [
    ["-/usr/sbin/iptables", "--wait", "--delete", ...rule],
    ["/usr/sbin/iptables", "--wait", "--insert", ...rule],
  ];
});
