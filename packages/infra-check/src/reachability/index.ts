export { addressIn, holds, prefixLength, versionOf } from "./address.ts";
export { isOutside, type Outside, type Place, type Question, serviceAt, type Trace, trace } from "./path.ts";
export { outsidePlaces, portRanges } from "./samples.ts";
export {
  ALL_PORTS,
  type Backend,
  type Balancer,
  byId,
  type Filter,
  type FilterRule,
  type Forward,
  type Gateway,
  type HealthCheck,
  type Host,
  type IpVersion,
  type Listener,
  type PortRange,
  type Protocol,
  type Service,
  type Subnet,
  type Topology,
} from "./topology.ts";
