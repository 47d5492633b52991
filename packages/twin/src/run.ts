/** `pnpm twin`: starts a twin, shows what it does, and stays until Ctrl-C. */
import { Docker } from "@sorted/testbed";
import { demonstrate } from "./demonstration.ts";
import { imagesOf } from "./images.ts";
import { requireTools } from "./tools.ts";
import { type Declaration, Twin } from "./twin.ts";

/** Records the program with an image, by digest. */
export type Declare = (imageUri: string) => Promise<Declaration>;

/**
 * Runs a twin of a program's declarations, then ends the process.
 *
 * @param check whether to end after the demonstration, with 1 if something did not hold
 */
export async function runTwin(declare: Declare, check: boolean): Promise<never> {
  try {
    requireTools();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(2);
  }
  const stopped = new Promise<"stopped">((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
      process.on(signal, () => resolve("stopped"));
  });
  const docker = await Docker.connect();
  let status = 1;
  try {
    const outcome = await Promise.race([stopped, show(docker, declare)]);
    if (outcome === "stopped") status = 130;
    else {
      status = outcome === "broken" ? 1 : 0;
      if (!check) {
        console.log("\nIt stays up; Ctrl-C takes it away.");
        await stopped;
      }
    }
  } catch (error) {
    console.error(error);
  }
  // Namespaces, and the processes in them, end with this process.
  await docker.removeContainers();
  await docker.close();
  process.exit(status);
}

async function show(docker: Docker, declare: Declare): Promise<"holds" | "broken"> {
  const took = clock();
  const images = await imagesOf(docker);
  console.log(`two images of the application, built or found: ${took()}`);

  const { topology, userData: current } = await declare(images.first);
  const { userData: next } = await declare(images.next);
  const twin = await Twin.create(docker, topology);
  await twin.start(current);
  await twin.serve();
  console.log(`up: ${took()}`);

  let outcome: "holds" | "broken" = "holds";
  await demonstrate(
    twin,
    { current, next },
    {
      say: (line) => console.log(line),
      check(guarantee, holds) {
        console.log(`${holds ? "HOLDS " : "BROKEN"}  ${guarantee}`);
        if (!holds) outcome = "broken";
      },
    },
  );
  return outcome;
}

function clock(): () => string {
  let before = Date.now();
  return () => {
    const seconds = (Date.now() - before) / 1000;
    before = Date.now();
    return `${seconds.toFixed(1)} s`;
  };
}
