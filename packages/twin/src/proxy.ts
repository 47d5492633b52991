/** A balancer that is a proxy: HAProxy on each of its hosts, in the place of the cloud's own. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Backend, HealthCheck, Listener, Balancer as Model } from "@sorted/infra-check/reachability";
import { Balancer, type Host } from "@sorted/testbed";

/** The name under which HAProxy asks which hosts there are. */
const name = "targets";

/** How many hosts there can be at once. */
const places = 20;

/** Starts HAProxy with the listeners of a balancer. */
export function startProxy(host: Host, { listeners }: Pick<Model, "listeners">, folder: string): Balancer {
  return startHaproxy(host, [head, ...listeners.map(frontend)].join("\n"), folder);
}

/** Starts HAProxy for nothing but its checks of health, where the cloud itself asks and not the balancer. */
export function startProber(host: Host, backend: Backend, folder: string): Balancer {
  return startHaproxy(host, [head, backendSection("probes", backend)].join("\n"), folder);
}

function startHaproxy(host: Host, configuration: string, folder: string): Balancer {
  const file = join(folder, `haproxy-${host.pid}.cfg`);
  writeFileSync(file, configuration);
  return new Balancer(host, file, name);
}

// What fails to reach a target is answered 502 or 504 and tried nowhere else, as an application load balancer does; the
// times are those of one that is told nothing else. A new target may get the place in HAProxy of one that is gone, and
// with it the idle connections there: those to one that lost its power nobody has closed, so they are probed.
const head = `global
    log stdout format raw local0 notice
defaults
    mode http
    log global
    option dontlog-normal
    option forwardfor
    timeout connect 10s
    timeout client 60s
    timeout server 60s
    timeout http-keep-alive 60s
    retries 0
    option srvtcpka
    srvtcpka-idle 1s
    srvtcpka-intvl 1s
    srvtcpka-cnt 2
resolvers names
    nameserver given "\${RESOLVER}"
    accepted_payload_size 8192
    timeout resolve 500ms
    timeout retry 500ms
    hold valid 500ms
`;

function frontend({ port, backend }: Listener): string {
  const bind = `frontend port${port}\n    bind 0.0.0.0:${port}\n    bind [::]:${port} v6only\n`;
  if (!backend) return `${bind}    http-request redirect scheme https\n`;
  return `${bind}    default_backend behind${port}\n${backendSection(`behind${port}`, backend)}`;
}

function backendSection(title: string, { port, healthCheck }: Backend): string {
  const check = healthCheck && {
    lines: `    option httpchk GET ${healthCheck.path}\n    http-check expect status 200\n    timeout check ${healthCheck.timeoutSeconds}s\n`,
    server: checkOptions(healthCheck),
  };
  return `backend ${title}
    balance leastconn
${check?.lines ?? ""}    server-template target ${places} ${name}:${port} resolvers names resolve-prefer ipv4 init-addr none ${check?.server ?? ""}
`;
}

function checkOptions({ intervalSeconds, unhealthyAfter, healthyAfter }: HealthCheck): string {
  return `check inter ${intervalSeconds}s fall ${unhealthyAfter} rise ${healthyAfter}`;
}
