/** node:http sends the same bytes back: the floor. */
import { createServer } from "node:http";

createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const body = Buffer.concat(chunks);
    response.setHeader("content-length", body.length).setHeader("content-type", "application/json").end(body);
  });
}).listen(Number(process.env["PORT"]), "127.0.0.1");
