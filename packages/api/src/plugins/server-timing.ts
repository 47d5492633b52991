import fastifyPlugin from "fastify-plugin";

/** Says in each answer how long it took, in milliseconds: to receive the request, and to work on it. */
export const serverTimingPlugin = fastifyPlugin(
  async (app) => {
    /** Says how long the request took to receive, and to work on. */
    app.addHook("onSend", function setServerTiming({ startedAt, receivedAt }, reply, payload, done) {
      // What has no body, or is refused before it has come, is never received.
      const workedFrom = receivedAt || startedAt;
      const received = twoDecimals(workedFrom - startedAt);
      const worked = twoDecimals(performance.now() - workedFrom);
      reply.header("server-timing", `receive;dur=${received}, work;dur=${worked}`);
      done(null, payload);
    });
  },
  { name: "server-timing", dependencies: ["request-clock", "bodies"] },
);

const FRACTIONS = Array.from({ length: 100 }, (_, i) => `.${String(i).padStart(2, "0")}`);

/** Written by integers: a double takes several times as long. */
function twoDecimals(milliseconds: number): string {
  const rounded = Math.round(milliseconds * 100);
  return Math.trunc(rounded / 100) + (FRACTIONS[rounded % 100] ?? "");
}
