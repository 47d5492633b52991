/** Serves stand-in providers, and the language host, to engines that this process starts. */
import { Server, ServerCredentials } from "@grpc/grpc-js";
import language from "@pulumi/pulumi/proto/language_grpc_pb.js";
import provider from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import type { Cloud } from "./cloud.ts";
import { languageHost } from "./language-host.ts";
import { providerOf } from "./provider.ts";

/** What an engine needs to know to use the stand-in providers. */
export interface StandInProviders {
  readonly environment: Readonly<Record<string, string>>;
  stop(): void;
}

/**
 * @param clouds by the name of the provider's plugin, such as `aws` or `azure-native`
 */
export async function serveStandInProviders(
  clouds: Readonly<Record<string, Cloud>>,
): Promise<StandInProviders> {
  const servers: Server[] = [];
  const serve = async (add: (server: Server) => void) => {
    const server = new Server({ "grpc.max_receive_message_length": 100 * 2 ** 20 });
    add(server);
    servers.push(server);
    return new Promise<number>((resolve, reject) => {
      server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) =>
        error ? reject(error) : resolve(port),
      );
    });
  };
  const providers = await Promise.all(
    Object.entries(clouds).map(async ([name, cloud]) => {
      const port = await serve((server) =>
        server.addService(provider.ResourceProviderService, providerOf(cloud)),
      );
      return `${name}:${port}`;
    }),
  );
  const host = await serve((server) => server.addService(language.LanguageRuntimeService, languageHost()));
  return {
    environment: {
      PULUMI_DEBUG_PROVIDERS: providers.join(","),
      PULUMI_DEBUG_LANGUAGES: `nodejs:${host}`,
    },
    stop: () => {
      for (const server of servers) server.forceShutdown();
    },
  };
}
