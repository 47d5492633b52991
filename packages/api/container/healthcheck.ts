/**
 * What the image's `HEALTHCHECK` runs, as there is no shell and no curl: ends with 0 if the process beside it answers
 * `GET /healthz` with 200, with 1 otherwise. The time limit is the one of `HEALTHCHECK`.
 */
import { get } from "node:http";

get({ host: "127.0.0.1", port: process.env.PORT, path: "/healthz" }, ({ statusCode }) =>
  process.exit(statusCode === 200 ? 0 : 1),
).on("error", () => process.exit(1));
