/** What some settings of the programs add to the costs of a fleet, or save. */
import type { Charge } from "./costs.ts";
import type { Deployment } from "./deployments.ts";
import { request } from "./load.ts";
import {
  always,
  gigabytes,
  hours,
  hoursOf,
  instances,
  less,
  millions,
  surplusHours,
  unitHours,
} from "./quantities.ts";

/** A setting, and what it changes. */
export interface SettingCost {
  readonly setting: string;
  /** What is paid for in addition; a negative quantity is no longer paid for. */
  readonly lines: readonly Charge[];
}

export const settingCosts: Readonly<Record<Deployment["cloud"], readonly SettingCost[]>> = {
  AWS: [
    {
      setting: "`nat: perZone`, for each zone after the first",
      lines: [
        { price: "awsNat", quantity: hours() },
        { price: "awsAddress", quantity: hours() },
      ],
    },
    {
      setting: "`nat: none`, five endpoints in two zones each",
      lines: [
        { price: "awsNat", quantity: less(hours()) },
        { price: "awsAddress", quantity: less(hours()) },
        { price: "awsEndpoint", quantity: hours(10) },
      ],
    },
    {
      setting: "`waf: true`",
      lines: [
        { price: "awsWaf", quantity: always(1) },
        { price: "awsWafRequests", quantity: millions },
      ],
    },
    {
      setting: "`spot: true`",
      lines: [
        { price: "awsInstance", quantity: less(hoursOf(instances)) },
        { price: "awsSpot", quantity: hoursOf(instances) },
      ],
    },
    {
      setting: "`onDemandBase`, for each instance, beside `spot: true`",
      lines: [
        { price: "awsInstance", quantity: hours() },
        { price: "awsSpot", quantity: less(hours()) },
      ],
    },
    {
      setting: "`internal: true`",
      lines: [{ price: "awsAddress", quantity: less(hours(2)) }],
    },
    {
      setting: "more load than `maxInstances` bear: surplus credits, for each t4g.small at most",
      lines: [{ price: "awsCredits", quantity: surplusHours }],
    },
    {
      setting: "`logRequests: true`",
      lines: [{ price: "awsLogs", quantity: gigabytes(request.logBytes) }],
    },
  ],
  Azure: [
    {
      setting: "`ingress: applicationGateway`",
      lines: [
        { price: "azureBalancer", quantity: less(hours()) },
        { price: "azureBalancerTraffic", quantity: less(gigabytes(request.bytes)) },
        { price: "azureGateway", quantity: hours() },
        { price: "azureGatewayUnit", quantity: unitHours(1) },
      ],
    },
    {
      setting: "`bastion: true`",
      lines: [
        { price: "azureBastion", quantity: hours() },
        { price: "azureAddress", quantity: always(1) },
      ],
    },
    {
      setting: "`logRequests: true`",
      lines: [{ price: "azureLogs", quantity: gigabytes(request.logBytes) }],
    },
  ],
};
