import { execFileSync } from "node:child_process";
import { homedir } from "node:os";
import { join } from "node:path";

const BENCH = join(import.meta.dirname, "..");
const CACHE = join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "sorted");

/**
 * A server of the benchmark: how to build it, once, in the cache, and the command that starts it on the port in PORT.
 */
export interface Peer {
  readonly title: string;
  readonly environment?: NodeJS.ProcessEnv;
  build(): void;
  readonly command: readonly [string, ...string[]];
}

function run(
  command: string,
  args: readonly string[],
  folder: string,
  environment: NodeJS.ProcessEnv = {},
): void {
  execFileSync(command, args, { cwd: folder, stdio: "inherit", env: { ...process.env, ...environment } });
}

const byNode = (title: string, file: string, environment: NodeJS.ProcessEnv = {}): Peer => ({
  title,
  environment,
  build: () => undefined,
  command: [process.execPath, join(BENCH, file)],
});

/** A Python program in a virtual environment of its own. */
const byPython = (title: string, name: string, program: string, args: readonly string[]): Peer => {
  const folder = join(BENCH, "peers", name);
  const environment = join(CACHE, name);
  return {
    title,
    build: () => {
      run("python3", ["-m", "venv", environment], folder);
      run(join(environment, "bin/pip"), ["install", "--quiet", "-r", "requirements.txt"], folder);
    },
    command: ["/bin/sh", "-c", `cd "${folder}" && exec "${environment}/bin/${program}" ${args.join(" ")}`],
  };
};

export const peers: { readonly [name: string]: Peer } = {
  sorted: byNode("Sorted", "../packages/api/src/server.ts", { LOG_LEVEL: "silent" }),
  axum: {
    title: "Rust: axum, serde_json, sort_unstable",
    build: () =>
      run(
        "cargo",
        ["build", "--release", "--quiet", "--target-dir", join(CACHE, "axum")],
        join(BENCH, "peers/axum"),
        {
          RUSTFLAGS: "-C target-cpu=native",
        },
      ),
    command: [join(CACHE, "axum/release/peer-axum")],
  },
  go: {
    title: "Go: net/http, encoding/json",
    environment: { GOMAXPROCS: "1" },
    build: () => run("go", ["build", "-o", join(CACHE, "go/peer"), "."], join(BENCH, "peers/go")),
    command: [join(CACHE, "go/peer")],
  },
  "fastify-json": byNode("Fastify: JSON.parse, sort", "peers/fastify-json.ts"),
  fastapi: byPython("FastAPI: uvloop, orjson, numpy", "fastapi", "uvicorn", [
    "app:app --loop uvloop --http httptools --no-access-log --log-level error --port $PORT",
  ]),
  flask: byPython("Flask: gunicorn, literal_eval", "flask", "gunicorn", [
    "app:app --log-level error --workers 1 --bind 127.0.0.1:$PORT",
  ]),
  "fastify-bare": byNode("A bare Fastify route (sends the body back)", "peers/fastify-bare.ts"),
  echo: byNode("node:http sends the body back", "peers/echo.ts"),
};
