/** What a twin shows: requests through the balancer, closed direct ways in, a zone without power, a new image. */
import { setTimeout as sleep } from "node:timers/promises";
import { byId } from "@sorted/infra-kit/testing/network";
import { type Host, startLoad, type Tally } from "@sorted/testbed";
import { type Attempt, probe } from "./probe.ts";
import type { Twin } from "./twin.ts";

/** Prints what is being done. */
export type Say = (line: string) => void;

const clients = 4;

/** The balancer may take this long to see that a zone is gone: two checks, the time they take, and the tries of clients. */
const outageSeconds = 25;

/** POSTs numbers as a client outside, at each address; returns the answers. */
export async function post(twin: Twin): Promise<readonly string[]> {
  const body = '{"x1":"[3, 10, -2.5]","x2":"7"}';
  const send = (url: string): Promise<string> =>
    twin.fabric.internet.host.run("curl", "--silent", "--show-error", "--max-time", "5", "--json", body, url);
  return Promise.all(twin.urls.map(send));
}

/** Direct ways to an instance, in words, with whether it is open. */
export interface DirectWay {
  readonly way: string;
  readonly isOpen: boolean;
}

/** Tries each instance from outside and from another instance, at the port of the application and that of shells. */
export async function tryDirectWays(twin: Twin): Promise<readonly DirectWay[]> {
  const { internet, topology } = twin.fabric;
  const ports = [80, 22, 3000];
  const anywhere = { name: "the Internet", host: internet.host, source: "198.51.100.1" };
  const ways = twin.instances.flatMap(({ model }) => {
    const [target = ""] = model.addresses;
    const neighbours = twin.instances
      .filter((other) => other.model !== model)
      .flatMap(({ model: { id, name, addresses } }) => {
        const host = twin.fabric.hostOf(id);
        return host ? [{ name, host, source: addresses[0] ?? "" }] : [];
      });
    return [anywhere, ...neighbours].map((from) => ({
      from,
      target,
      to: byId(topology.hosts, model.id).name,
    }));
  });
  const tried = await Promise.all(
    ways.map(async ({ from, target, to }) => {
      const open = await probe(from.host, attempts(from.source, target, ports));
      return ports.map((port, index) => ({
        way: `${from.name} to ${to} (${target}) on TCP ${port}`,
        isOpen: open[index] === true,
      }));
    }),
  );
  return tried.flat();
}

function attempts(source: string, target: string, ports: readonly number[]): readonly Attempt[] {
  return ports.map((port) => ({ source, target, version: 4, protocol: "tcp", port }));
}

/** Takes the power from a zone under load, and gives it back with a new instance. */
export async function loseZone(twin: Twin, userData: string, say: Say): Promise<Tally> {
  const [zone = ""] = twin.zones;
  const lost = twin.instances.filter(({ model }) => twin.zoneOf(model) === zone);
  const load = await loadOn(twin.fabric.internet.host, twin);
  say(`zone ${zone} loses its power: ${lost.map(({ model }) => model.name).join(", ")}`);
  await twin.setPower(zone, "down");
  await sleep(outageSeconds * 1000);
  const tally = await load.stop();
  for (const instance of lost) await twin.remove(instance);
  await twin.setPower(zone, "up");
  await twin.start(userData, [zone], lost.length);
  await twin.serve();
  return tally;
}

/** Under load, starts an instance of a new image in each zone in turn, and then stops the old one there. */
export async function rollOut(twin: Twin, userData: string, say: Say): Promise<Tally> {
  const load = await loadOn(twin.fabric.internet.host, twin);
  for (const zone of twin.zones) {
    const old = twin.instances.filter(({ model }) => twin.zoneOf(model) === zone);
    const started = await twin.start(userData, [zone], old.length);
    await twin.serve();
    say(
      `zone ${zone}: ${started.map(({ model, image }) => `${model.name} runs ${image.slice(0, 19)}`).join(", ")}`,
    );
    await Promise.all(old.map((instance) => twin.stop(instance)));
    await twin.serve();
  }
  return load.stop();
}

async function loadOn(host: Host, twin: Twin): Promise<ReturnType<typeof startLoad>> {
  const load = startLoad(host, twin.urls, clients);
  await sleep(2000);
  return load;
}

/** A tally in one line. */
export function tallyText({ answered, retried, refused, lost, unsafe }: Tally): string {
  const posts = unsafe.length > 0 ? `, ${unsafe.length} POST cut off (unsafe to send again)` : "";
  return `${answered} requests answered, ${retried} of their tries repeated, ${refused + lost.length} lost${posts}`;
}
