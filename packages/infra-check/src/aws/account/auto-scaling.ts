/**
 * The part of AWS's API that a roll-out speaks to, for AWS's own SDK: instance refreshes, which save their model on the group
 * only when they have succeeded. What it does comes in order into a log.
 *
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/instance-refresh-overview.html
 */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { members, type Tree, treeOf, xml } from "./query-form.ts";

/** What an Auto Scaling group is, behind its refreshes. */
export interface GroupStore {
  /** Answers everything that does not concern refreshes. The headers say which of AWS's services was asked. */
  answer(form: URLSearchParams, headers: Readonly<Record<string, string>>): Promise<string>;
  /** Saves the model of a refresh that succeeded. */
  save(group: string, model: Tree): Promise<void>;
}

interface Refresh {
  readonly id: string;
  readonly group: string;
  readonly model: Tree;
  status: string;
  /** What comes next, each at the next question. */
  readonly coming: string[];
}

export class AutoScalingApi {
  /** What was asked for that changes something, and what came of it. */
  readonly log: string[];
  /** The statuses that the refreshes to a version of a template go through. Default: it succeeds at once. */
  readonly courses = new Map<string, readonly string[]>();
  readonly refreshes: Refresh[] = [];

  readonly #store: GroupStore;

  constructor(store: GroupStore, log: string[] = []) {
    this.#store = store;
    this.log = log;
  }

  /** Serves it on a free port of loopback. */
  async serve(): Promise<{ readonly endpoint: string; stop(): void }> {
    const server = createServer(async (request, response) => {
      const form = new URLSearchParams(await text(request));
      try {
        const { authorization = "", "content-type": type = "" } = request.headers;
        const answer = await this.#answer(form, { authorization, "content-type": type });
        response.setHeader("content-type", "text/xml").end(answer);
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        const [Code = "ValidationError"] = message.split(":");
        response.writeHead(400, { "content-type": "text/xml" });
        response.end(xml({ ErrorResponse: { Error: { Code, Message: message } } }));
      }
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    return {
      endpoint: `http://127.0.0.1:${port}`,
      stop: () => {
        server.close();
        server.closeAllConnections();
      },
    };
  }

  async #answer(form: URLSearchParams, headers: Readonly<Record<string, string>>): Promise<string> {
    const action = String(form.get("Action"));
    const group = String(form.get("AutoScalingGroupName"));
    switch (action) {
      case "StartInstanceRefresh":
        return answered(action, {
          InstanceRefreshId: this.#start(group, treeOf(form, "DesiredConfiguration")),
        });
      case "CancelInstanceRefresh":
        return answered(action, {
          InstanceRefreshId: this.#turn(action, group, ["Cancelling", "Cancelled"]),
        });
      case "RollbackInstanceRefresh":
        return answered(action, {
          InstanceRefreshId: this.#turn(action, group, ["RollbackInProgress", "RollbackSuccessful"]),
        });
      case "DescribeInstanceRefreshes":
        return answered(action, { InstanceRefreshes: members(await this.#describe(form, group)) });
      default:
        if (action.startsWith("Update")) this.log.push(`${action} ${versionOf(formModel(form))}`);
        return this.#store.answer(form, headers);
    }
  }

  #start(group: string, model: Tree): string {
    if (this.#active(group))
      throw new Error("InstanceRefreshInProgress: An Instance Refresh is already in progress");
    const version = versionOf(model);
    this.log.push(`StartInstanceRefresh ${version}`);
    const id = `refresh-${this.refreshes.length + 1}`;
    this.refreshes.unshift({
      id,
      group,
      model,
      status: "Pending",
      coming: [...(this.courses.get(version) ?? ["Successful"])],
    });
    return id;
  }

  #turn(action: string, group: string, coming: readonly string[]): string {
    const active = this.#active(group);
    if (!active) throw new Error("ActiveInstanceRefreshNotFound: No Instance Refresh is in progress");
    this.log.push(action);
    active.coming.splice(0, Number.POSITIVE_INFINITY, ...coming);
    return active.id;
  }

  #active(group: string): Refresh | undefined {
    return this.refreshes.find((each) => each.group === group && /ing$|Progress$/.test(each.status));
  }

  async #describe(form: URLSearchParams, group: string): Promise<readonly Tree[]> {
    const id = form.get("InstanceRefreshIds.member.1");
    const found = this.refreshes.filter((each) => each.group === group && (id === null || each.id === id));
    if (id !== null) for (const refresh of found) await this.#goOn(refresh);
    return found.map(({ id: InstanceRefreshId, status, model }) => ({
      InstanceRefreshId,
      Status: status,
      StatusReason: "as it was told",
      PercentageComplete: "50",
      DesiredConfiguration: model,
    }));
  }

  async #goOn(refresh: Refresh): Promise<void> {
    const next = refresh.coming.shift();
    if (next === undefined) return;
    refresh.status = next;
    this.log.push(next);
    if (next !== "Successful") return;
    await this.#store.save(refresh.group, refresh.model);
    this.log.push(`saved ${versionOf(refresh.model)}`);
  }
}

/** The model in a form that changes a group. */
export function formModel(form: URLSearchParams): Tree {
  const parts = ["LaunchTemplate", "MixedInstancesPolicy"].map((name) => [name, treeOf(form, name)] as const);
  return Object.fromEntries(parts.filter(([, tree]) => Object.keys(tree).length > 0));
}

/** The answer to an action, as XML. */
export function answered(action: string, result: Tree): string {
  return xml({ [`${action}Response`]: { [`${action}Result`]: result } });
}

/** The version of the launch template that a model names, wherever it stands. */
export function versionOf(model: Tree): string {
  const [version = ""] = Object.entries(model).flatMap(([name, value]) => {
    if (typeof value !== "string") return versionOf(value) || [];
    return name === "Version" ? [value] : [];
  });
  return version;
}
