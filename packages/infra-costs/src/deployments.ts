/** What the two programs deploy with their defaults, as quantities a month of what is paid for. */
import type { Charge } from "./costs.ts";
import { atWork, hoursOfMonth, request, secondsOfMonth } from "./load.ts";
import { always, gigabytes, hours, hoursOf, instances, machines, millions, unitHours } from "./quantities.ts";

/** A charge of a deployment, by its name in the pages. */
export interface Line extends Charge {
  readonly what: string;
}

/** A way to run the service. */
export interface Deployment {
  readonly cloud: "AWS" | "Azure";
  readonly name: string;
  readonly lines: readonly Line[];
}

const awsFleet: Deployment = {
  cloud: "AWS",
  name: "fleet",
  lines: [
    { what: "load balancer", price: "awsBalancer", quantity: hours() },
    { what: "its capacity units", price: "awsBalancerUnit", quantity: unitHours(1) },
    { what: "NAT gateway", price: "awsNat", quantity: hours() },
    { what: "three public addresses", price: "awsAddress", quantity: hours(3) },
    { what: "two instances or more", price: "awsInstance", quantity: hoursOf(instances) },
    { what: "their disks of 10 GiB", price: "awsDisk", quantity: (n) => instances(n) * 10 },
    { what: "alarms", price: "awsAlarm", quantity: always(7) },
  ],
};

/** Twenty images are kept, of some 60 MB when compressed. */
const images: Line = { what: "images", price: "awsImages", quantity: always(1.2) };

const aFunction: readonly Line[] = [
  images,
  { what: "requests", price: "lambdaRequests", quantity: millions },
  { what: "their time, at 1 GiB", price: "lambdaTime", quantity: (n) => (n * request.lambdaMs) / 1000 },
  { what: "lines in the log", price: "awsLogs", quantity: gigabytes(request.lambdaLogBytes) },
];

const functionUrl: Deployment = {
  cloud: "AWS",
  name: "function with a URL",
  lines: [{ what: "alarms", price: "awsAlarm", quantity: always(4) }, ...aFunction],
};

const balancedFunction: Deployment = {
  cloud: "AWS",
  name: "function behind the load balancer",
  lines: [
    { what: "load balancer", price: "awsBalancer", quantity: hours() },
    { what: "its capacity units", price: "awsBalancerUnit", quantity: unitHours(0.4) },
    { what: "two public addresses", price: "awsAddress", quantity: hours(2) },
    { what: "alarms", price: "awsAlarm", quantity: always(7) },
    ...aFunction,
  ],
};

const azureFleet: Deployment = {
  cloud: "Azure",
  name: "fleet",
  lines: [
    { what: "load balancer", price: "azureBalancer", quantity: hours() },
    { what: "its traffic", price: "azureBalancerTraffic", quantity: gigabytes(request.bytes) },
    { what: "NAT gateway", price: "azureNat", quantity: hours() },
    { what: "two public addresses", price: "azureAddress", quantity: always(2) },
    { what: "two machines or more", price: "azureMachine", quantity: hoursOf(machines) },
    { what: "their disks", price: "azureDisk", quantity: machines },
    { what: "registry", price: "azureRegistry", quantity: always(hoursOfMonth / 24) },
    { what: "alerts", price: "azureAlert", quantity: always(4) },
  ],
};

/** After its last request Azure keeps a replica for so long, and bills it as at work. */
const cooldownSeconds = 300;

/** Half a processor, half used: what more requests at a time than the setting's ten come to. */
const replicaRequestsPerSecond = (0.5 * 0.5 * 1000) / request.processorMs;

/** Seconds of all replicas: with few requests each brings one up, with many one or more are always there. */
export function replicaSeconds(requests: number): number {
  if (requests * cooldownSeconds < secondsOfMonth) return requests * cooldownSeconds;
  return atWork(requests, 1, replicaRequestsPerSecond) * secondsOfMonth;
}

const containerApp: Deployment = {
  cloud: "Azure",
  name: "container app",
  lines: [
    { what: "registry", price: "azureRegistry", quantity: always(hoursOfMonth / 24) },
    { what: "alerts", price: "azureAlert", quantity: always(3) },
    { what: "requests", price: "appRequests", quantity: millions },
    { what: "half a processor each", price: "appProcessor", quantity: (n) => replicaSeconds(n) / 2 },
    { what: "1 GiB each", price: "appMemory", quantity: replicaSeconds },
  ],
};

/** In the order of the page. */
export const deployments = { awsFleet, functionUrl, balancedFunction, azureFleet, containerApp } as const;
