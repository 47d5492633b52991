import { processMemoryBytes, workerCount } from "../cluster/process-counts.ts";
import {
  availableMemoryBytes,
  halfBudgetBytes,
  mostBodyBytes,
  numbersMemoryBytes,
} from "../load/memory-limits.ts";
import { mostConnections, openFilesLimit } from "../load/open-files.ts";
import type { Setting } from "./setting.ts";
import { type Settings, settingsFor } from "./settings.ts";

/** The settings, checked, with their defaults. */
export interface Config extends Omit<Settings, "MEMORY_BYTES" | "WORKERS"> {
  readonly WORKERS: number;
  /** The memory that each process may use, in bytes. */
  readonly processMemoryBytes: number;
}

/** A setting is wrong. The message names it. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

/**
 * Reads the settings from the environment.
 *
 * @param openFiles how many files a process may have open at the same time
 * @throws {ConfigError} which names every setting that is wrong, and says what would be right
 * @example
 * readConfig({ PORT: "8080" }).PORT; // 8080
 */
export function readConfig(environment: NodeJS.ProcessEnv, openFiles = openFilesLimit()): Config {
  // The number of processes decides how much memory each has, and the memory decides the defaults of other settings.
  const { MEMORY_BYTES: memoryBytes = availableMemoryBytes(), WORKERS } = readSettings(
    environment,
    0,
    openFiles,
  );
  const workers = workerCount(WORKERS, memoryBytes);
  const processBytes = processMemoryBytes(memoryBytes, workers);
  const settings = readSettings(environment, processBytes, openFiles);
  const config = {
    ...settings,
    WORKERS: workers,
    processMemoryBytes: processBytes,
  };
  requireRoom(config);
  requireFiles(config, openFiles);
  return config;
}

/** @throws {ConfigError} if a process has too little memory for a request that the limits allow */
function requireRoom({ MAX_BODY_BYTES, MAX_NUMBERS, processMemoryBytes }: Config): void {
  const halfBytes = halfBudgetBytes(processMemoryBytes);
  const reason = `a process has only ${Math.floor(processMemoryBytes / 2 ** 20)} MiB of memory`;
  if (MAX_BODY_BYTES > mostBodyBytes(halfBytes))
    throw new ConfigError(`MAX_BODY_BYTES must be ${mostBodyBytes(halfBytes)} or less: ${reason}`);
  if (numbersMemoryBytes(MAX_BODY_BYTES, MAX_NUMBERS) > halfBytes)
    throw new ConfigError(
      `MAX_NUMBERS must be ${Math.floor(halfBytes / numbersMemoryBytes(2, 1))} or less: ${reason}`,
    );
}

/** @throws {ConfigError} if a process may open too few files for the connections that the limit allows */
function requireFiles({ MAX_CONNECTIONS }: Config, openFiles: number): void {
  const most = mostConnections(openFiles);
  if (MAX_CONNECTIONS <= most) return;
  const limit = `a process may open only ${openFiles} files`;
  throw new ConfigError(
    most < 1
      ? `${limit}, and needs ${openFiles - most + 1} even with MAX_CONNECTIONS=1: raise that limit (ulimit -n)`
      : `MAX_CONNECTIONS must be ${most} or less: ${limit}`,
  );
}

/** @throws {ConfigError} which names every setting that is wrong */
function readSettings(environment: NodeJS.ProcessEnv, memoryBytes: number, openFiles: number): Settings {
  const settings: [name: string, setting: Setting<unknown>][] = Object.entries(
    settingsFor(memoryBytes, openFiles),
  );
  const faults = settings.flatMap(([name, setting]) => {
    const text = environment[name];
    const fault = text === undefined ? undefined : setting.fault(text);
    return fault === undefined ? [] : [`${name} ${fault}`];
  });
  if (faults.length > 0) throw new ConfigError(faults.join("; "));
  const values = settings.map(([name, setting]) => {
    const text = environment[name];
    return [name, text === undefined ? setting.default : setting.parse(text)];
  });
  return Object.fromEntries(values);
}
