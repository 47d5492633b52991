import fastifyPlugin from "fastify-plugin";

/** Tells in each answer how many milliseconds it took to receive the request, and to work on it. */
export const serverTimingPlugin = fastifyPlugin(
  async (app) => {
    /** Tells how long it took to receive the request, and to work on it. */
    app.addHook("onSend", function setServerTiming({ startedAt, receivedAt }, reply, payload, done) {
      // A request without a body, or one that is refused before its body has come, has no time of receipt.
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

/** Formats with integers: a double takes several times as long. */
function twoDecimals(milliseconds: number): string {
  const rounded = Math.round(milliseconds * 100);
  return Math.trunc(rounded / 100) + (FRACTIONS[rounded % 100] ?? "");
}
