/** A balancer that is a proxy: HAProxy on each of its hosts, instead of the cloud's own. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Backend, HealthCheck, Listener, Balancer as Model } from "@sorted/infra-check/reachability";
import { Balancer, type Host } from "@sorted/testbed";

/** The name under which HAProxy asks for the hosts. */
const name = "targets";

/** The most hosts at once. */
const places = 20;

/** Starts HAProxy with the listeners of a balancer. */
export function startProxy(host: Host, { listeners }: Pick<Model, "listeners">, folder: string): Balancer {
  return startHaproxy(host, [head, ...listeners.map(frontend)].join("\n"), folder);
}

/** Starts HAProxy only for its health checks, if the cloud itself makes them and not the balancer. */
export function startProber(host: Host, backend: Backend, folder: string): Balancer {
  return startHaproxy(host, [head, backendSection("probes", backend)].join("\n"), folder);
}

function startHaproxy(host: Host, configuration: string, folder: string): Balancer {
  const file = join(folder, `haproxy-${host.pid}.cfg`);
  writeFileSync(file, configuration);
  return new Balancer(host, file, name);
}

// If a request does not reach a target, the answer is 502 or 504 and no other target is tried, as with an application
// load balancer; the times are its defaults. A new target may replace one in HAProxy that is gone, and inherit its idle
// connections. A target that lost power has closed none of them, so they are probed.
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
