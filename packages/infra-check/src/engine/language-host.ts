/**
 * The part between Pulumi's engine and a program for Node, in place of the binary `pulumi-language-nodejs`: starts the
 * program with Pulumi's own runner, as that does for programs that Node runs itself.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import type { UntypedServiceImplementation } from "@grpc/grpc-js";
import language from "@pulumi/pulumi/proto/language_pb.js";
import plugin from "@pulumi/pulumi/proto/plugin_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import { unary } from "./provider.ts";

/** A program that showed its error itself ends so. */
const alreadyShown = 32;

/** The language host's side of the protocol. */
export function languageHost(): UntypedServiceImplementation {
  let engine = "";
  return {
    handshake: unary<language.LanguageHandshakeRequest, language.LanguageHandshakeResponse>(
      async (request) => {
        engine = request.getEngineAddress();
        return new language.LanguageHandshakeResponse();
      },
    ),
    cancel: unary<empty.Empty, empty.Empty>(async () => new empty.Empty()),
    getPluginInfo: unary<empty.Empty, plugin.PluginInfo>(async () =>
      new plugin.PluginInfo().setVersion("0.0.0"),
    ),
    getRequiredPackages: unary<language.GetRequiredPackagesRequest, language.GetRequiredPackagesResponse>(
      async () => new language.GetRequiredPackagesResponse(),
    ),
    run: unary<language.RunRequest, language.RunResponse>(async (request) => {
      const code = await runProgram(request, engine);
      const response = new language.RunResponse();
      if (code === 0) return response;
      return code === alreadyShown
        ? response.setBail(true)
        : response.setError(`The program ended with ${code}`);
    }),
  };
}

async function runProgram(request: language.RunRequest, engine: string): Promise<number> {
  const folder = request.getInfo()?.getProgramDirectory() || request.getPwd();
  const runner = createRequire(`${folder}/package.json`).resolve("@pulumi/pulumi/cmd/run");
  const settings = {
    monitor: request.getMonitorAddress(),
    engine,
    project: request.getProject(),
    stack: request.getStack(),
    organization: request.getOrganization(),
    pwd: request.getPwd(),
    parallel: String(request.getParallel()),
  };
  const options = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
  if (request.getDryrun()) options.push("--dry-run");
  const program = spawn(process.execPath, [runner, ...options, folder], {
    cwd: folder,
    env: {
      ...withoutTestHooks(process.env),
      PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().toArray())),
      PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
    },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const [code] = await once(program, "exit");
  return typeof code === "number" ? code : 1;
}

/** The program runs as for a user, not as a part of the test. */
export function withoutTestHooks(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _, ...others } = environment;
  return others;
}
