import envSchema from "env-schema";
import { processMemoryBytes, workerCount } from "../cluster/process-counts.ts";
import {
  availableMemoryBytes,
  bodyMemoryBytes,
  halfBudgetBytes,
  numbersMemoryBytes,
} from "../load/memory-limits.ts";
import { LIST_FORMS, type ListName, type Lists, readList } from "./setting-lists.ts";
import { PATTERN_FORMS, type Settings, settingsSchema } from "./settings.ts";

/** The settings, checked, with their defaults. */
export interface Config extends Omit<Settings, "MEMORY_BYTES" | "WORKERS" | ListName>, Lists {
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
 * @throws {ConfigError} which names every setting that is wrong, and says what would be right
 * @example
 * readConfig({ PORT: "8080" }).PORT; // 8080
 */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  // The number of processes decides how much memory each has, and the memory decides the defaults of other settings.
  const { MEMORY_BYTES: memoryBytes = availableMemoryBytes(), WORKERS } = readSettings(environment, 0);
  const workers = workerCount(WORKERS, memoryBytes);
  const processBytes = processMemoryBytes(memoryBytes, workers);
  const settings = readSettings(environment, processBytes);
  const config = {
    ...settings,
    ...readLists(settings),
    WORKERS: workers,
    processMemoryBytes: processBytes,
  };
  requireRoom(config);
  return config;
}

/** @throws {ConfigError} if a process has too little memory for a request that the limits allow */
function requireRoom({ MAX_BODY_BYTES, MAX_NUMBERS, processMemoryBytes }: Config): void {
  const halfBytes = halfBudgetBytes(processMemoryBytes);
  const reason = `a process has only ${Math.floor(processMemoryBytes / 2 ** 20)} MiB of memory`;
  if (bodyMemoryBytes(MAX_BODY_BYTES) > halfBytes)
    throw new ConfigError(
      `MAX_BODY_BYTES must be ${Math.floor(halfBytes / bodyMemoryBytes(1))} or less: ${reason}`,
    );
  if (numbersMemoryBytes(MAX_BODY_BYTES, MAX_NUMBERS) > halfBytes)
    throw new ConfigError(
      `MAX_NUMBERS must be ${Math.floor(halfBytes / numbersMemoryBytes(2, 1))} or less: ${reason}`,
    );
}

/** @throws {ConfigError} which names the list that has a wrong item; never the item, which may be a secret */
function readLists(settings: Settings): Lists {
  const read = (name: ListName): readonly string[] => {
    const items = readList(name, settings[name]);
    if (items === undefined) throw new ConfigError(`${name} must be ${LIST_FORMS[name]}`);
    return items;
  };
  return {
    API_KEYS: read("API_KEYS"),
    TRUSTED_PROXIES: read("TRUSTED_PROXIES"),
    CORS_ORIGINS: read("CORS_ORIGINS"),
  };
}

function readSettings(environment: NodeJS.ProcessEnv, memoryBytes: number): Settings {
  try {
    return envSchema<Settings>({ schema: settingsSchema(memoryBytes), data: environment, env: false });
  } catch (error) {
    throw isValidationError(error) ? new ConfigError(error.errors.map(describe).join("; ")) : error;
  }
}

/** An error that Ajv found in one setting. */
interface Fault {
  readonly instancePath: string;
  readonly keyword: string;
  readonly message: string;
  readonly params: {
    readonly allowedValues?: readonly string[];
    readonly limit?: number;
    readonly pattern?: string;
    readonly type?: string;
  };
}

function isValidationError(error: unknown): error is { errors: Fault[] } {
  return error instanceof Error && "errors" in error && Array.isArray(error.errors);
}

function describe({ instancePath, keyword, message, params }: Fault): string {
  const name = instancePath.slice(1);
  switch (keyword) {
    case "type":
      return `${name} must be ${params.type === "boolean" ? "true or false" : "a whole number"}`;
    case "minimum":
      return `${name} must be ${params.limit} or more`;
    case "maximum":
      return `${name} must be ${params.limit} or less`;
    case "minLength":
      return `${name} must not be empty`;
    case "pattern":
      return `${name} must be ${PATTERN_FORMS.get(params.pattern ?? "")}`;
    case "enum":
      return `${name} must be one of ${params.allowedValues?.join(", ")}`;
    default:
      return `${name} ${message}`;
  }
}
