/** What a twin shows: requests through the balancer, closed direct ways in, a zone without power, a new image. */
import { setTimeout as sleep } from "node:timers/promises";
import { type Load, startLoad, type Tally } from "@sorted/testbed";
import { tryDirectWays } from "./direct-ways.ts";
import { pictureOf } from "./picture.ts";
import type { Twin } from "./twin.ts";

/** Where a demonstration writes. */
export interface Report {
  /** The current step, and what it showed. */
  say(line: string): void;
  /** A guarantee, and whether it holds. */
  check(guarantee: string, holds: boolean): void;
}

/** The user data of instances with one image, and of those with the next. */
export interface Releases {
  readonly current: string;
  readonly next: string;
}

/** Shows everything, with a twin whose instances run the current image. */
export async function demonstrate(twin: Twin, { current, next }: Releases, report: Report): Promise<void> {
  const { say, check } = report;
  say(`\n${pictureOf(twin)}\n`);

  const answers = await post(twin);
  for (const { url, answer } of answers) say(`POST ${url} ${body}: ${answer}`);
  check(
    "each address answers a client outside",
    answers.every(({ answer }) => answer === '{"sorted":[-2.5,3,7,10]}'),
  );

  const ways = await tryDirectWays(twin);
  for (const { way, isOpen } of ways) say(`${isOpen ? "OPEN  " : "closed"}  ${way}`);
  check("no direct way to an instance is open", ways.length > 0 && ways.every(({ isOpen }) => !isOpen));

  const outage = await loseZone(twin, current, say);
  say(`under load, while a zone went: ${tallyText(outage)}`);
  check(
    "with a zone gone, no request is lost that can be tried again",
    outage.answered > 0 && outage.refused + outage.lost.length === 0,
  );

  const rolled = await rollOut(twin, next, say);
  say(`under load, while the image changed: ${tallyText(rolled)}\n\n${pictureOf(twin)}\n`);
  const { answered, retried, refused, lost, unsafe } = rolled;
  check(
    "a new image costs no request, and no try of one",
    answered > 0 && refused + [...retried, ...lost, ...unsafe].length === 0,
  );
}

const body = '{"x1":"[3, 10, -2.5]","x2":"7"}';

/** POSTs numbers as a client outside, at each address of both IP versions. */
async function post(twin: Twin): Promise<readonly { readonly url: string; readonly answer: string }[]> {
  const { host } = twin.fabric.internet;
  const json = ["--header", "content-type: application/json", "--data", body];
  const options = ["--silent", "--show-error", "--globoff", "--max-time", "5", ...json];
  return Promise.all(
    [...twin.urls, ...twin.urlsOverIpv6].map(async (url) => ({
      url,
      answer: await host.run("curl", ...options, url),
    })),
  );
}

/** Cuts a zone's power under load until the balancer has noticed. Then restores it, with new instances. */
async function loseZone(twin: Twin, userData: string, say: Report["say"]): Promise<Tally> {
  const [zone = ""] = twin.zones;
  const lost = twin.instances.filter(({ model }) => twin.zoneOf(model) === zone);
  const load = await loadOn(twin);
  say(`zone ${zone} loses its power: ${lost.map(({ model }) => model.name).join(", ")}`);
  await twin.cutPower(zone);
  const tally = await load.stop();
  for (const instance of lost) await twin.remove(instance);
  await twin.restorePower(zone);
  await twin.start(userData, [zone], lost.length);
  await twin.serve();
  return tally;
}

/** Under load, starts instances of a new image in each zone in turn, then stops the old ones there. */
async function rollOut(twin: Twin, userData: string, say: Report["say"]): Promise<Tally> {
  const load = await loadOn(twin);
  for (const zone of twin.zones) {
    const old = twin.instances.filter(({ model }) => twin.zoneOf(model) === zone);
    const started = await twin.start(userData, [zone], old.length);
    await twin.serve();
    for (const { model, image } of started) say(`zone ${zone}: ${model.name} runs ${image.slice(0, 19)}`);
    await Promise.all(old.map((instance) => twin.stop(instance)));
    await twin.serve();
  }
  return load.stop();
}

const clients = 4;

async function loadOn(twin: Twin): Promise<Load> {
  const load = startLoad(twin.fabric.internet.host, twin.urls, clients);
  await sleep(2000);
  return load;
}

function tallyText({ answered, retried, refused, lost, unsafe }: Tally): string {
  const posts = unsafe.length > 0 ? `, ${unsafe.length} POST failed (unsafe to send again)` : "";
  const seen = [...new Set([...retried, ...lost, ...unsafe])].map((failure) => `\n        ${failure}`);
  return `${answered} requests answered, ${retried.length} of their tries repeated, ${refused + lost.length} lost${posts}${seen.join("")}`;
}
