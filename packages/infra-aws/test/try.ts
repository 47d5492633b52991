import {
  connections,
  connectionText,
  expectations,
  PROMISES,
  recordProgram,
  translateAws,
} from "@sorted/infra-kit/testing";

const digest = `sha256:${"ab".repeat(32)}`;
const config: Record<string, unknown> = {
  "aws:region": "eu-central-1",
  imageUri: `123456789012.dkr.ecr.eu-central-1.amazonaws.com/sorted@${digest}`,
  ...JSON.parse(process.argv[2] ?? "{}"),
};
const { resources } = await recordProgram({ config, preview: false, run: () => import("../index.ts") });
if (process.argv[3]) console.log(resources.map((r) => r.type + " " + r.name).join("\n"));
const topology = translateAws(resources);
console.time("reach");
for (const e of expectations(topology, PROMISES)) console.log(e.title, e.violations);
console.timeEnd("reach");
console.log(connections(topology).map(connectionText).join("\n"));
