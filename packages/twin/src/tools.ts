/** The commands that a twin needs on the machine. */
import { spawnSync } from "node:child_process";

const commands = ["curl", "dnsmasq", "haproxy", "ip", "nft", "nsenter", "ping", "setpriv", "unshare"];

/** @throws Error unless this is Linux, as root, with every command that a twin runs */
export function requireTools(): void {
  if (process.platform !== "linux")
    throw new Error("A twin is made of Linux's network namespaces: run it there");
  if (process.getuid?.() !== 0) throw new Error("Only root may make network namespaces: run it as root");
  const missing = commands.filter((command) => spawnSync("which", [command]).status !== 0);
  if (missing.length > 0)
    throw new Error(`Missing: ${missing.join(", ")}. .ci/setup installs them, on Debian`);
}
