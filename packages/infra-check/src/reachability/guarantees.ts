/** What a network is to keep; each cloud's tests say it for each configuration. */

/** What a configuration guarantees. */
export interface Guarantees {
  /** TCP ports on which clients reach the balancer. */
  readonly clientPorts: readonly number[];
  /** Who is a client: all of the Internet by default. The IP versions guaranteed are those that occur. */
  readonly clientRanges: readonly string[];
  /** The TCP port of an instance that the balancer reaches. */
  readonly instancePort: number;
  /**
   * How instances reach the Internet: through any NAT gateway, through one of their own zone, or not at all, so that the
   * cloud's services are reached by endpoints only.
   */
  readonly wayOut: "nat" | "natOfZone" | "endpoints";
  /** TCP ports of the outside that instances reach. */
  readonly outPorts: readonly number[];
  /** The TCP port of an instance that forwards of the balancer lead to, and from where. Default: there are no forwards. */
  readonly forwards?: { readonly instancePort: number; readonly ranges: readonly string[] };
  /** Whether a bastion, which the Internet reaches on TCP 443, opens shells on instances. Default: false. */
  readonly bastion?: boolean;
  /** Whether the balancer reaches the Internet, as Azure demands of an application gateway. Default: false. */
  readonly balancerReachesOut?: boolean;
}

/** The usual guarantees; a configuration names what differs. */
export const GUARANTEES: Guarantees = {
  clientPorts: [80],
  clientRanges: ["0.0.0.0/0", "::/0"],
  instancePort: 80,
  wayOut: "nat",
  outPorts: [443],
};
