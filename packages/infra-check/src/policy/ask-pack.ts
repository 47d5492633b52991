/** Asks a policy pack as Pulumi's engine does: starts its file, and sends it resources over gRPC. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { credentials } from "@grpc/grpc-js";
import analyzer from "@pulumi/pulumi/proto/analyzer_grpc_pb.js";
import messages, { type AnalyzeResponse } from "@pulumi/pulumi/proto/analyzer_pb.js";
import type { RecordedResource } from "../recorder/monitor.ts";
import { encodeProperties } from "../recorder/value.ts";

/** What a pack found. */
export interface Finding {
  readonly policy: string;
  readonly message: string;
  /** Whether it stops Pulumi; otherwise it is advice, or could not be judged in a preview. */
  readonly mandatory: boolean;
}

/**
 * Lets a pack judge recorded resources, each by itself and all together.
 *
 * @param file an executable of Node
 * @param records of an update or of a preview
 * @throws if the pack doesn't start
 */
export async function askPack(
  file: string,
  records: readonly RecordedResource[],
): Promise<readonly Finding[]> {
  const pack = spawn(process.execPath, [file], { stdio: ["ignore", "pipe", "inherit"] });
  const exited = once(pack, "exit");
  try {
    const lines = createInterface(pack.stdout);
    const [port] = await Promise.race([once(lines, "line"), exited.then(([code]) => refuse(file, code))]);
    const client = new analyzer.AnalyzerClient(`127.0.0.1:${port}`, credentials.createInsecure());
    const cloud = records.filter(({ custom }) => custom);
    const analyze = promisify<messages.AnalyzeRequest, AnalyzeResponse>(client.analyze.bind(client));
    const analyzeStack = promisify<messages.AnalyzeStackRequest, AnalyzeResponse>(
      client.analyzeStack.bind(client),
    );
    const answers = await Promise.all(cloud.map((resource) => analyze(requestOf(resource))));
    answers.push(
      await analyzeStack(new messages.AnalyzeStackRequest().setResourcesList(cloud.map(resourceOf))),
    );
    client.close();
    return answers.flatMap((answer) => answer.getDiagnosticsList()).map(findingOf);
  } finally {
    // It is a server, and has nothing to put in order; the hooks of a test runner could outlive a milder signal.
    pack.kill("SIGKILL");
    await exited;
  }
}

function refuse(file: string, code: unknown): never {
  throw new Error(`The policy pack ${file} ended with ${code} before it served`);
}

function requestOf(resource: RecordedResource): messages.AnalyzeRequest {
  return new messages.AnalyzeRequest()
    .setType(resource.type)
    .setName(resource.name)
    .setUrn(resource.urn)
    .setProperties(encodeProperties(resource.inputs))
    .setOptions(optionsOf(resource));
}

function resourceOf(resource: RecordedResource): messages.AnalyzerResource {
  return new messages.AnalyzerResource()
    .setType(resource.type)
    .setName(resource.name)
    .setUrn(resource.urn)
    .setProperties(encodeProperties(resource.inputs))
    .setOptions(optionsOf(resource))
    .setDependenciesList([...resource.options.dependencies]);
}

function optionsOf({ options }: RecordedResource): messages.AnalyzerResourceOptions {
  return new messages.AnalyzerResourceOptions()
    .setProtect(options.protect)
    .setIgnorechangesList([...options.ignoreChanges]);
}

function findingOf(diagnostic: messages.AnalyzeDiagnostic): Finding {
  return {
    policy: diagnostic.getPolicyname(),
    message: diagnostic.getMessage(),
    mandatory: diagnostic.getEnforcementlevel() === messages.EnforcementLevel.MANDATORY,
  };
}
