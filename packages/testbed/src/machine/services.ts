/** Replaces the services of a cloud that a machine talks to: its metadata, and HTTPS by name. */
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type RequestListener, request, type Server } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../command.ts";
import { temporaryFolder } from "../temporary.ts";

/** An emulated processor has no instructions for AES. With this, it loads an image three times as fast. */
const easyCipher = "TLS_CHACHA20_POLY1305_SHA256";

/** The handlers of requests. */
export interface Answerers {
  /** At 169.254.169.254, port 80. */
  readonly metadata: RequestListener;
  /** By HTTPS, each under a host's name. */
  readonly sites: Readonly<Record<string, RequestListener>>;
}

/** The services of a cloud, on sockets of the file system, which every network namespace can reach. */
export class Services {
  /** The socket that speaks HTTP. */
  readonly metadataSocket: string;
  /** The socket that speaks HTTPS. */
  readonly sitesSocket: string;
  readonly names: readonly string[];
  /** The certificate for all names, in PEM. A machine must trust it. */
  readonly certificate: string;
  readonly #servers: readonly Server[];

  private constructor(
    servers: readonly [Server, Server],
    sockets: readonly [string, string],
    names: readonly string[],
    certificate: string,
  ) {
    this.#servers = servers;
    [this.metadataSocket, this.sitesSocket] = sockets;
    this.names = names;
    this.certificate = certificate;
  }

  /** Starts them. */
  static async start({ metadata, sites }: Answerers): Promise<Services> {
    const names = Object.keys(sites);
    const { key, certificate } = await certify(names);
    const servers: [Server, Server] = [
      createServer(metadata),
      createSecureServer({ key, cert: certificate, ciphers: easyCipher }, (request, response) => {
        const site = sites[request.headers.host ?? ""];
        if (site) return site(request, response);
        response.writeHead(421).end();
      }),
    ];
    const folder = temporaryFolder();
    const sockets: [string, string] = [join(folder, "metadata"), join(folder, "sites")];
    for (const [at, server] of servers.entries()) await once(server.listen(sockets[at]), "listening");
    return new Services(servers, sockets, names, certificate);
  }

  /** Ends them. */
  async close(): Promise<void> {
    for (const server of this.#servers) {
      server.close();
      server.closeAllConnections();
    }
  }
}

/** A key and a self-signed certificate. */
async function certify(names: readonly string[]): Promise<{ key: string; certificate: string }> {
  const folder = mkdtempSync(join(tmpdir(), "certificate-"));
  const files = { key: join(folder, "key.pem"), certificate: join(folder, "certificate.pem") };
  try {
    await run("openssl", [
      ..."req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -noenc -days 2 -subj /CN=testbed".split(
        " ",
      ),
      ...["-addext", `subjectAltName=${names.map((name) => `DNS:${name}`).join()}`],
      ...["-keyout", files.key, "-out", files.certificate],
    ]);
    return { key: readFileSync(files.key, "utf8"), certificate: readFileSync(files.certificate, "utf8") };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Passes requests on to a server on a port of loopback. */
export function forwardTo(port: number): RequestListener {
  return (incoming, response) => {
    const { method, url, headers } = incoming;
    const outgoing = request({ host: "127.0.0.1", port, method, path: url, headers });
    outgoing.on("response", (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    outgoing.on("error", () => response.destroy());
    incoming.pipe(outgoing);
  };
}

/**
 * Lets in callers that send a user's name and password, and asks all others for them.
 *
 * @param credentials `NAME:PASSWORD` in base64, as RFC 7617 sends it.
 */
export function behindPassword(credentials: string, inside: RequestListener): RequestListener {
  return (request, response) => {
    if (request.headers.authorization === `Basic ${credentials}`) return inside(request, response);
    response.writeHead(401, { "www-authenticate": 'Basic realm="testbed"' }).end();
  };
}
