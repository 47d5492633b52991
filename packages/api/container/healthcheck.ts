/**
 * The command of the image's `HEALTHCHECK`, because the image has no shell and no curl. It ends with 0 if the service
 * answers `GET /healthz` with 200, and with 1 otherwise. The time limit is that of `HEALTHCHECK`.
 */
import { get } from "node:http";

get({ host: "127.0.0.1", port: process.env.PORT, path: "/healthz" }, ({ statusCode }) =>
  process.exit(statusCode === 200 ? 0 : 1),
).on("error", () => process.exit(1));
