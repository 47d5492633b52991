/** The metadata service of a machine on Azure, as far as a host of ours asks it. */
import type { RequestListener } from "node:http";
import { text } from "node:stream/consumers";

/** What Azure is about to do to a machine. */
interface ScheduledEvent {
  readonly EventId: string;
  readonly EventType: "Terminate";
  readonly Resources: readonly string[];
}

/**
 * Gives tokens of one identity, and says what is about to happen to the machine.
 *
 * @see https://learn.microsoft.com/azure/virtual-machines/instance-metadata-service
 */
export class Metadata {
  /** The token that the identity gets. */
  readonly accessToken = crypto.randomUUID();
  readonly #machine: string;
  readonly #clientId: string;
  #events: readonly ScheduledEvent[] = [];

  /** @param clientId The one identity that the machine has. */
  constructor(machine: string, clientId: string) {
    this.#machine = machine;
    this.#clientId = clientId;
  }

  /** Announces that the machine will be deleted. */
  announceDeletion(): void {
    this.#events = [{ EventId: crypto.randomUUID(), EventType: "Terminate", Resources: [this.#machine] }];
  }

  /** Whether the machine has said that it need not be waited for. */
  get isReleased(): boolean {
    return this.#released;
  }
  #released = false;

  /** Answers as the service does. */
  readonly answer: RequestListener = async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "", "http://169.254.169.254");
    const body = await text(request);
    if (request.headers["metadata"] !== "true") response.writeHead(400).end();
    else if (pathname === "/metadata/instance/compute/name") response.end(this.#machine);
    else if (pathname === "/metadata/scheduledevents") response.end(this.#scheduled(body));
    else if (
      pathname === "/metadata/identity/oauth2/token" &&
      searchParams.get("client_id") === this.#clientId &&
      searchParams.get("resource") === "https://containerregistry.azure.net"
    ) {
      response.end(JSON.stringify({ access_token: this.accessToken, token_type: "Bearer" }));
    } else response.writeHead(404).end();
  };

  /** Events, and what the machine says to them. */
  #scheduled(body: string): string {
    if (body === "") return JSON.stringify({ DocumentIncarnation: 1, Events: this.#events });
    const { StartRequests }: { StartRequests: readonly { EventId: string }[] } = JSON.parse(body);
    this.#released = StartRequests.some(({ EventId }) => EventId === this.#events[0]?.EventId);
    return "";
  }
}
