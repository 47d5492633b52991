export { addressIn, holds, prefixLength, versionOf } from "./address.ts";
export {
  findPaths,
  isOutside,
  type Outside,
  type Path,
  type Place,
  type Question,
  serviceAt,
} from "./path.ts";
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
