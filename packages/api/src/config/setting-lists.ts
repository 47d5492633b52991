/** What the items of settings may be that are lists. */
import { isIP } from "node:net";

/** Whether a text is the SHA-256 hash of a key. */
export function isKeyHash(item: string): boolean {
  return /^[0-9a-f]{64}$/i.test(item);
}

/** Whether a text names proxies: a word for private networks, an address or a network. */
export function isProxy(item: string): boolean {
  return /^(loopback|linklocal|uniquelocal)$/.test(item) || isNetwork(item);
}

/** Whether a text is the origin of web pages, or means any. */
export function isOriginOrAny(item: string): boolean {
  return item === "*" || isOrigin(item);
}

/** Whether a text is an address, or a network with a prefix. A prefix of 0 bits would mean everyone, and is wrong. */
function isNetwork(text: string): boolean {
  const [address = "", prefix, ...rest] = text.split("/");
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  if (prefix === undefined) return true;
  return /^[1-9]\d*$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128);
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && /^https?:/.test(text) && new URL(text).origin === text;
}
