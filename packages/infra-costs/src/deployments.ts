/** What the two programs deploy with their defaults, as quantities a month of what is paid for. */
import { atWork, hoursOfMonth, perSecond, request, secondsOfMonth } from "./load.ts";
import type { PriceName } from "./prices.ts";

/** One thing that is paid for. */
export interface Line {
  readonly what: string;
  readonly price: PriceName;
  /** How much of it in a month with so many requests. */
  readonly quantity: (requests: number) => number;
}

/** A way to run the service. */
export interface Deployment {
  readonly cloud: "AWS" | "Azure";
  readonly name: string;
  readonly lines: readonly Line[];
}

const always = (count: number) => () => count;
const million = 1_000_000;
const gigabyte = 1_000_000_000;

/** The share of its two processors that a burstable machine may use for ever: the load that it bears. */
const baseline = { t4gSmall: 0.2, b2alsV2: 0.3 } as const;
const bearable = (share: number) => (2 * share * 1000) / request.processorMs;

/** A balancer's capacity units: what it carries decides, at so many GB an hour a unit. */
const units = (gigabytesPerHour: number) => (requests: number) =>
  ((perSecond(requests) * request.bytes * 3600) / gigabyte / gigabytesPerHour) * hoursOfMonth;

const instances = (requests: number) => atWork(requests, 2, bearable(baseline.t4gSmall));
const machines = (requests: number) => atWork(requests, 2, bearable(baseline.b2alsV2));

const awsFleet: Deployment = {
  cloud: "AWS",
  name: "fleet",
  lines: [
    { what: "load balancer", price: "awsBalancer", quantity: always(hoursOfMonth) },
    { what: "its capacity units", price: "awsBalancerUnit", quantity: units(1) },
    { what: "NAT gateway", price: "awsNat", quantity: always(hoursOfMonth) },
    { what: "three public addresses", price: "awsAddress", quantity: always(3 * hoursOfMonth) },
    { what: "two instances or more", price: "awsInstance", quantity: (n) => instances(n) * hoursOfMonth },
    { what: "their disks of 10 GiB", price: "awsDisk", quantity: (n) => instances(n) * 10 },
    { what: "alarms", price: "awsAlarm", quantity: always(7) },
  ],
};

/** Twenty images are kept, of some 60 MB when compressed. */
const images: Line = { what: "images", price: "awsImages", quantity: always(1.2) };

const aFunction: readonly Line[] = [
  images,
  { what: "requests", price: "lambdaRequests", quantity: (n) => n / million },
  { what: "their time, at 1 GiB", price: "lambdaTime", quantity: (n) => (n * request.lambdaMs) / 1000 },
  { what: "lines in the log", price: "awsLogs", quantity: (n) => (n * request.lambdaLogBytes) / gigabyte },
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
    { what: "load balancer", price: "awsBalancer", quantity: always(hoursOfMonth) },
    { what: "its capacity units", price: "awsBalancerUnit", quantity: units(0.4) },
    { what: "two public addresses", price: "awsAddress", quantity: always(2 * hoursOfMonth) },
    { what: "alarms", price: "awsAlarm", quantity: always(7) },
    ...aFunction,
  ],
};

const azureFleet: Deployment = {
  cloud: "Azure",
  name: "fleet",
  lines: [
    { what: "load balancer", price: "azureBalancer", quantity: always(hoursOfMonth) },
    {
      what: "its traffic",
      price: "azureBalancerTraffic",
      quantity: (requests) => (requests * request.bytes) / gigabyte,
    },
    { what: "NAT gateway", price: "azureNat", quantity: always(hoursOfMonth) },
    { what: "two public addresses", price: "azureAddress", quantity: always(2) },
    { what: "two machines or more", price: "azureMachine", quantity: (n) => machines(n) * hoursOfMonth },
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
    { what: "alerts", price: "azureAlert", quantity: always(4) },
    { what: "requests", price: "appRequests", quantity: (n) => n / million },
    { what: "half a processor each", price: "appProcessor", quantity: (n) => replicaSeconds(n) / 2 },
    { what: "1 GiB each", price: "appMemory", quantity: replicaSeconds },
  ],
};

/** In the order of the page. */
export const deployments = { awsFleet, functionUrl, balancedFunction, azureFleet, containerApp } as const;
