/** Settings of Linux for a namespace, as arguments of `sysctl`. */

/**
 * For every namespace: packets may come in by any interface; each packet to a closed port is answered, even if there
 * are many; IPv6 is configured by hand; and connections without a process don't keep a namespace alive for minutes.
 */
export const hostSettings: readonly string[] = [
  "--quiet",
  "--write",
  "net.ipv4.icmp_ratemask=0",
  "net.ipv6.icmp.ratelimit=0",
  "net.ipv4.conf.all.rp_filter=0",
  "net.ipv4.conf.default.rp_filter=0",
  "net.ipv6.conf.all.accept_ra=0",
  "net.ipv6.conf.default.accept_ra=0",
  "net.ipv4.tcp_orphan_retries=1",
];

/** For a namespace that packets pass through: it tells nobody about a shorter path. */
export const routerSettings: readonly string[] = [
  ...hostSettings,
  "net.ipv4.ip_forward=1",
  "net.ipv6.conf.all.forwarding=1",
  "net.ipv4.conf.all.send_redirects=0",
  "net.ipv4.conf.default.send_redirects=0",
];
