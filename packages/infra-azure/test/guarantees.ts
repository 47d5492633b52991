/** What each configuration guarantees about its network. */
import { GUARANTEES, type Guarantees, type RecordedResource } from "@sorted/infra-check";
import { type Configuration, configurations } from "./configurations.ts";

export type Records = readonly RecordedResource[];

/** IPv4 only; and Ubuntu's archive has HTTP only. The inbound NAT rules are there, and nobody may use them. */
const loadBalancer: Guarantees = {
  ...GUARANTEES,
  clientRanges: ["0.0.0.0/0"],
  outPorts: [80, 443],
  forwards: { instancePort: 8080, ranges: [] },
};

const { forwards: _, ...withoutForwards } = loadBalancer;
const gateway: Guarantees = { ...withoutForwards, clientPorts: [80, 443], balancerReachesOut: true };

/** What each configuration guarantees. */
export const guarantees: Readonly<Record<Configuration, Guarantees>> = {
  least: loadBalancer,
  threeZones: loadBalancer,
  applicationGateway: gateway,
  nat: {
    ...loadBalancer,
    forwards: { instancePort: 8080, ranges: configurations.nat.natAllowedRanges },
  },
  someClients: { ...loadBalancer, clientRanges: configurations.someClients.allowedRanges },
  bastion: { ...loadBalancer, bastion: true },
  gatewayAndBastion: { ...gateway, bastion: true },
  givenImage: loadBalancer,
  givenImageInAcr: loadBalancer,
  spot: loadBalancer,
  spotAboveBase: loadBalancer,
  internal: { ...loadBalancer, clientRanges: [] },
  ofACompany: gateway,
  arm64: loadBalancer,
  otherGroups: loadBalancer,
  serverless: loadBalancer,
  serverlessForSome: loadBalancer,
  isProtected: loadBalancer,
  everything: { ...gateway, bastion: true },
};
