/** Settings that mean the same in both programs. A program still says in which scope they have an effect. */
import { isFreeVariable, isKeyHash, reservedVariables } from "./application.ts";
import { imageByDigest } from "./image.ts";
import { flag, list, scoped, text } from "./settings.ts";

/** What comes before the equals sign of `NAME=value`. */
const nameOf = (line: string) => line.split("=", 1)[0] ?? "";

export const commonSettings = {
  publicMetrics: flag(false),
  domainName: text(
    /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/,
    "a domain name, such as sorted.example.com",
  ),
  imageUri: text(imageByDigest, "an image by digest: registry/name@sha256: and 64 hexadecimal digits"),
  imageDigest: scoped(text(/^sha256:[0-9a-f]{64}$/, "sha256: and 64 hexadecimal digits"), { imageUri: "" }),
  logRequests: flag(false),
  apiKeyHashes: list(isKeyHash, "SHA-256 hashes of keys, 64 hexadecimal digits each, in lower case"),
  environment: list(isFreeVariable, `NAME=value; ${reservedVariables.join(", ")} are set by the program`, {
    nameOf,
  }),
  alarmEmail: text(/^[^@\s]+@[^@\s]+$/, "an e-mail address"),
  protect: flag(false),
};

/**
 * The setting with further tags, as `Name=value`.
 *
 * @param isName whether the cloud takes a name
 */
export function tagsSetting(isName: RegExp) {
  return list(
    (tag) => {
      const name = nameOf(tag);
      const value = tag.slice(name.length);
      return (
        isName.test(name) && !/^(name|project|stack)$/i.test(name) && /^=[\w.:/=+@ -]{0,256}$/.test(value)
      );
    },
    "Name=value; Name, Project and Stack are the program's own",
    { nameOf: (tag) => nameOf(tag).toLowerCase() },
  );
}
