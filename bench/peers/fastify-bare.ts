/** A Fastify route that reads a body and sends it back: the framework's own limit. */
import fastify from "fastify";

const app = fastify({ bodyLimit: 2 ** 26 });
app.removeAllContentTypeParsers();
app.addContentTypeParser("*", { parseAs: "buffer" }, async (_request: unknown, body: Buffer) => body);
app.post("/", async (request, reply) => reply.type("application/json").send(request.body));
await app.listen({ host: "127.0.0.1", port: Number(process.env["PORT"]) });
