/**
 * What the clouds charge, in USD: us-east-1 on AWS, East US on Azure, without free grants. Where no page could be found that
 * quotes the provider, the price is an estimate.
 */

/** A price, and who says so. */
export interface Price {
  readonly usd: number;
  /** What is paid for, such as `an hour`. */
  readonly per: string;
  /** Where it was read, and when that was written or read; undefined for an estimate. */
  readonly source?: string;
}

const awsBalancing = "<https://aws.amazon.com/elasticloadbalancing/pricing/>, as transcribed on 2026-09-20";
const awsNetwork = "<https://aws.amazon.com/vpc/pricing/>, as transcribed on 2026-09-20";
const awsLambda = "<https://aws.amazon.com/lambda/pricing/>, as transcribed on 2026-09-20";
const lambdaTable =
  "the table of prices in the npm package artillery 2.0.28, `lib/platform/aws-lambda/prices.js`, read on 2026-11-24";
const azureBalancing = "<https://c3x.dev/resources/azure/azurerm_lb>, read on 2026-11-24";
const azureNetwork = "<https://c3x.dev/resources/azure/azurerm_nat_gateway/>, read on 2026-11-24";
const azureApps =
  "<https://azure.microsoft.com/pricing/details/container-apps/>, as public comparisons quote it, read on 2026-11-24";

export const prices = {
  awsBalancer: { usd: 0.0225, per: "an hour", source: awsBalancing },
  awsBalancerUnit: { usd: 0.008, per: "a capacity unit and hour", source: awsBalancing },
  awsNat: { usd: 0.045, per: "an hour", source: awsNetwork },
  awsAddress: {
    usd: 0.005,
    per: "an address and hour",
    source: "AWS's announcement, in force since 2024-02-01",
  },
  awsInstance: { usd: 0.0168, per: "a t4g.small and hour" },
  awsCredits: {
    usd: 0.04,
    per: "a processor and hour of surplus credits of T4g",
    source:
      "<https://aws.amazon.com/ec2/pricing/on-demand/>, as <https://gitlab.com/gitlab-org/ci-cd/docker-machine/-/merge_requests/118> quotes it, read on 2026-11-29",
  },
  awsDisk: { usd: 0.08, per: "a GB and month" },
  awsAlarm: { usd: 0.1, per: "an alarm and month" },
  awsImages: { usd: 0.1, per: "a GB and month" },
  awsLogs: { usd: 0.5, per: "a GB" },
  awsTraffic: { usd: 0.09, per: "a GB to the Internet" },
  awsSpot: {
    usd: 0.005,
    per: "a t4g.small and hour, as spot",
    source: "a list of spot prices of 2021-04-29",
  },
  awsEndpoint: { usd: 0.01, per: "an endpoint, zone and hour" },
  awsWaf: { usd: 8, per: "a month" },
  awsWafRequests: { usd: 0.6, per: "a million requests" },
  lambdaRequests: { usd: 0.2, per: "a million requests", source: awsLambda },
  lambdaTime: { usd: 0.0000133334, per: "a GB of memory and second, arm64", source: lambdaTable },
  azureBalancer: { usd: 0.025, per: "an hour", source: azureBalancing },
  azureBalancerTraffic: { usd: 0.005, per: "a GB", source: azureBalancing },
  azureNat: { usd: 0.045, per: "an hour", source: azureNetwork },
  azureAddress: { usd: 3.65, per: "an address and month", source: azureNetwork },
  azureMachine: { usd: 0.0376, per: "a Standard_B2als_v2 and hour" },
  azureDisk: { usd: 2.4, per: "a disk and month" },
  azureRegistry: { usd: 0.167, per: "a day" },
  azureAlert: { usd: 0.1, per: "an alert and month" },
  azureTraffic: { usd: 0.087, per: "a GB to the Internet, after 100 a month" },
  azureGateway: { usd: 0.443, per: "an application gateway and hour" },
  azureGatewayUnit: { usd: 0.0144, per: "a capacity unit and hour" },
  azureBastion: { usd: 0.29, per: "an hour" },
  azureLogs: { usd: 2.3, per: "a GB", source: "<https://monitoringcost.com/azure-monitor-cost>, of 2026" },
  appProcessor: { usd: 0.000024, per: "a processor and second", source: azureApps },
  appMemory: { usd: 0.000003, per: "a GiB and second", source: azureApps },
  appRequests: { usd: 0.4, per: "a million requests", source: azureApps },
} as const satisfies Readonly<Record<string, Price>>;

export type PriceName = keyof typeof prices;
