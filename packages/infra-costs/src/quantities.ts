/** Quantities that a month takes of what is paid for, by the number of requests. */
import { atWork, hoursOfMonth, perSecond, request } from "./load.ts";

/** So much in a month with so many requests. */
export type Quantity = (requests: number) => number;

const gigabyte = 1_000_000_000;
const million = 1_000_000;

/** A burstable machine's two processors, and the share of them that it may use for ever. */
const processors = 2;
const baseline = { t4gSmall: 0.2, b2alsV2: 0.3 } as const;

/** Scaling aims at this share of that, by default: the setting `cpuPercent`. */
const aim = 0.5;

/** Requests a second of one machine, where scaling keeps its load. */
const borne = (share: number) => (processors * share * aim * 1000) / request.processorMs;

/** Hours of the processors above the baseline, of one t4g.small that is busy all the time. */
export const surplusHours: Quantity = () => processors * (1 - baseline.t4gSmall) * hoursOfMonth;

/** The same with any number of requests. */
export const always =
  (count: number): Quantity =>
  () =>
    count;

/** Hours of something that is always there. */
export const hours = (count = 1): Quantity => always(count * hoursOfMonth);

/** What is no longer paid for. */
export const less =
  (quantity: Quantity): Quantity =>
  (requests) =>
    -quantity(requests);

/** Requests, in millions. */
export const millions: Quantity = (requests) => requests / million;

/** GB, at so many bytes a request; `free` ones are not paid for. */
export const gigabytes =
  (bytes: number, free = 0): Quantity =>
  (requests) =>
    Math.max(0, (requests * bytes) / gigabyte - free);

/** Hours of a load balancer's capacity units: what it carries decides, at so many GB an hour for each unit. */
export const unitHours =
  (gigabytesPerHour: number): Quantity =>
  (requests) =>
    ((perSecond(requests) * request.bytes * 3600) / gigabyte / gigabytesPerHour) * hoursOfMonth;

/** Instances of a fleet on AWS. */
export const instances: Quantity = (requests) => atWork(requests, 2, borne(baseline.t4gSmall));

/** Machines of a fleet on Azure. */
export const machines: Quantity = (requests) => atWork(requests, 2, borne(baseline.b2alsV2));

/** Hours of each of them. */
export const hoursOf =
  (count: Quantity): Quantity =>
  (requests) =>
    count(requests) * hoursOfMonth;
