/** Settings that are lists, separated by commas. */
import { isIP } from "node:net";

/** Describes the items of each list in words. */
export const LIST_FORMS = {
  API_KEYS: "SHA-256 hashes of keys, 64 hexadecimal digits each, separated by commas",
  TRUSTED_PROXIES:
    "addresses, networks such as 10.0.0.0/16, loopback, linklocal or uniquelocal, separated by commas; never every address",
  CORS_ORIGINS: "origins such as https://example.org, separated by commas, or *",
} as const;

export type ListName = keyof typeof LIST_FORMS;
export type Lists = { readonly [name in ListName]: readonly string[] };

const IS_ITEM: { readonly [name in ListName]: (item: string) => boolean } = {
  API_KEYS: (item) => /^[0-9a-f]{64}$/i.test(item),
  TRUSTED_PROXIES: (item) => /^(loopback|linklocal|uniquelocal)$/.test(item) || isNetwork(item),
  CORS_ORIGINS: (item) => item === "*" || isOrigin(item),
};

/** The items of a list: none without a setting; undefined if one is wrong. */
export function readList(name: ListName, setting: string | undefined): readonly string[] | undefined {
  if (setting === undefined) return [];
  const items = setting.split(",").map((item) => item.trim());
  return items.every(IS_ITEM[name]) ? items : undefined;
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
