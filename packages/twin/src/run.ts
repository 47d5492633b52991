/** `pnpm twin`: brings a twin up, shows what it does, and stays until Ctrl-C. */
import { Docker } from "@sorted/testbed";
import { loseZone, post, rollOut, tallyText, tryDirectWays } from "./demonstration.ts";
import { imagesOf } from "./images.ts";
import { pictureOf } from "./picture.ts";
import { type Declaration, Twin } from "./twin.ts";

/** Records the program with an image, by digest. */
export type Declare = (imageUri: string) => Promise<Declaration>;

/**
 * Runs a twin of what a program declares; ends the process.
 *
 * @param check whether to end after the demonstration, with 1 if something did not hold
 */
export async function runTwin(declare: Declare, check: boolean): Promise<never> {
  const stopped = new Promise<"stopped">((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
      process.on(signal, () => resolve("stopped"));
  });
  const docker = await Docker.connect();
  let status = 1;
  try {
    const outcome = await Promise.race([stopped, demonstrate(docker, declare)]);
    if (outcome === "stopped") status = 130;
    else {
      for (const broken of outcome) console.log(`BROKEN  ${broken}`);
      status = outcome.length > 0 ? 1 : 0;
      if (!check) {
        console.log("\nIt stays up; Ctrl-C takes it away.");
        await stopped;
      }
    }
  } catch (error) {
    console.error(error);
  }
  // Namespaces, and what runs in them, end with this process.
  await docker.removeContainers();
  await docker.close();
  process.exit(status);
}

/** Goes through everything; returns what did not hold. */
async function demonstrate(docker: Docker, declare: Declare): Promise<readonly string[]> {
  const broken: string[] = [];
  const say = (line: string): void => console.log(line);
  const took = clock();
  const images = await imagesOf(docker);
  say(`two images of the application, built or found: ${took()}`);

  const { topology, userData } = await declare(images.first);
  const twin = await Twin.create(docker, topology);
  await twin.start(userData);
  await twin.serve();
  say(`up: ${took()}\n\n${pictureOf(twin)}\n`);

  const answers = await post(twin);
  say(`POST {"x1":"[3, 10, -2.5]","x2":"7"}: ${answers.join(" and ")}`);
  if (answers.some((answer) => answer !== '{"sorted":[-2.5,3,7,10]}'))
    broken.push("a POST was answered wrongly");

  const ways = await tryDirectWays(twin);
  for (const { way, isOpen } of ways) say(`${isOpen ? "OPEN  " : "closed"}  ${way}`);
  if (ways.some(({ isOpen }) => isOpen)) broken.push("a direct way to an instance is open");

  const outage = await loseZone(twin, userData, say);
  say(`under load, with the zone gone and back: ${tallyText(outage)}`);
  if (outage.lost.length + outage.refused > 0) broken.push("a request was lost that could be tried again");

  const { userData: nextUserData } = await declare(images.next);
  const rolled = await rollOut(twin, nextUserData, say);
  say(`under load, with a new image: ${tallyText(rolled)}\n\n${pictureOf(twin)}\n`);
  if (rolled.retried + rolled.lost.length + rolled.refused + rolled.unsafe.length > 0)
    broken.push("a request failed while the image changed");
  return broken;
}

function clock(): () => string {
  let before = Date.now();
  return () => {
    const seconds = (Date.now() - before) / 1000;
    before = Date.now();
    return `${seconds.toFixed(1)} s`;
  };
}
