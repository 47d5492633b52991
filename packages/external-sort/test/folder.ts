import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Test } from "tap";

/** A folder for one test, which is removed after it. */
export class Folder {
  readonly path = mkdtempSync(join(tmpdir(), "sorted-"));

  constructor(t: Test) {
    t.teardown(() => rmSync(this.path, { recursive: true, force: true }));
  }

  pathOf(name: string): string {
    return join(this.path, name);
  }

  write(name: string, content: string | Uint8Array): string {
    writeFileSync(this.pathOf(name), content);
    return this.pathOf(name);
  }

  read(name: string): string {
    return readFileSync(this.pathOf(name), "utf8");
  }

  names(): string[] {
    return readdirSync(this.path).sort();
  }
}
