import type { FastifyReply, FastifyRequest } from "fastify";
import fastifyPlugin from "fastify-plugin";
import { readAssets, sendAsset } from "../http/assets.ts";

declare module "fastify" {
  interface FastifyInstance {
    /** Answers with the page for browsers, which shares its path with the sort. */
    sendPage(request: FastifyRequest, reply: FastifyReply): FastifyReply;
  }
}

/** The page for browsers and its files, the reference at `/docs`, and what each error means at `/errors`. */
export const pageRoutes = fastifyPlugin(
  async (app) => {
    const { "/": page, ...others } = Object.fromEntries(readAssets());
    if (page === undefined) throw new Error("the page is not built yet: run npx pnpm@12 build:page");
    app.decorate("sendPage", (request, reply) => sendAsset(request, reply, page));
    for (const asset of Object.values(others)) {
      app.get(asset.path, { config: { isDocument: true } }, async (request, reply) =>
        sendAsset(request, reply, asset),
      );
    }
  },
  { name: "page-routes", dependencies: ["@fastify/sensible"] },
);
