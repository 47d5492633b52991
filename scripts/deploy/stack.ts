/** A stack of a Pulumi program, by Pulumi's command line. */
import { execFileSync, spawnSync } from "node:child_process";
import { delimiter, join, resolve } from "node:path";
import { parse } from "./json.ts";

/** The outputs of a stack. */
export interface Outputs {
  /** The address of the service. */
  readonly url: string;
  /** The image that runs, by digest. */
  readonly imageUri: string;
  readonly [name: string]: unknown;
}

export class Stack {
  readonly folder: string;
  readonly #name: string;

  /**
   * @param folder the folder of the program
   * @param name the name of an existing stack
   */
  constructor(folder: string, name: string) {
    this.folder = resolve(folder);
    this.#name = name;
  }

  /** Its outputs; `undefined` before the first deployment has finished. */
  outputs(): Outputs | undefined {
    const outputs = parse(this.#ask("stack", "output", "--json"));
    return typeof outputs["url"] === "string" && typeof outputs["imageUri"] === "string"
      ? { ...outputs, url: outputs["url"], imageUri: outputs["imageUri"] }
      : undefined;
  }

  /**
   * Applies the settings, and waits until every instance runs what they declare.
   *
   * @throws if the update or the roll-out fails; Pulumi has printed the reason
   */
  up(): void {
    const words = ["up", "--yes", "--non-interactive", "--stack", this.#name];
    const { status } = spawnSync("pulumi", words, { ...this.#options, stdio: "inherit" });
    if (status !== 0) throw new Error("pulumi up failed");
  }

  /** Sets the image of the next update, in this machine's copy of the settings. */
  setImage(imageUri: string): void {
    const settings = parse(this.#ask("config", "--json"));
    const isGiven = Object.entries(settings).some(
      ([name, setting]) => name.endsWith(":imageUri") && parse(JSON.stringify(setting))["value"] !== "",
    );
    // An image that the stack built is named only by its digest.
    const [name, value] = isGiven
      ? ["imageUri", imageUri]
      : ["imageDigest", imageUri.slice(imageUri.indexOf("@") + 1)];
    this.#ask("config", "set", name, value);
  }

  #ask(...words: string[]): string {
    return execFileSync("pulumi", [...words, "--stack", this.#name], { ...this.#options, encoding: "utf8" });
  }

  get #options() {
    // The program's own package `pulumi`, if it has one, comes first.
    const PATH = [join(this.folder, "node_modules/.bin"), process.env["PATH"]].join(delimiter);
    return { cwd: this.folder, env: { ...process.env, PATH } };
  }
}
