import fastifyPlugin from "fastify-plugin";

/** One line per request, without its query string, its body or its headers. */
export const requestLogPlugin = fastifyPlugin(
  async (app) => {
    /** Logs the request in one line. */
    app.addHook("onResponse", async function logRequest(request, reply) {
      const [path] = request.url.split("?");
      request.log.info(
        { method: request.method, path, status: reply.statusCode, milliseconds: reply.elapsedTime },
        "request answered",
      );
    });
  },
  { name: "request-log" },
);
