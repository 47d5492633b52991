import { createWriteStream } from "node:fs";
import { stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { FileSortError } from "../errors.ts";
import type { Compression, Output } from "../options.ts";
import { FileSink, targetOf } from "./file-sink.ts";
import type { Sink } from "./store.ts";
import { StreamSink } from "./stream-sink.ts";

/**
 * Opens an output. A path that is not a file (`/dev/null`, a pipe) is written as a stream.
 *
 * @throws {FileSortError} NOT_A_FILE
 */
export async function openSink(output: Output, compression: Compression, isLarge: boolean): Promise<Sink> {
  const sink = await openPlainSink(output, isLarge);
  if (compression === "none") return sink;
  // Imported only here, because most outputs don't need it.
  const { CompressedSink } = await import("./compressed-sink.ts");
  return new CompressedSink(sink, compression);
}

async function openPlainSink(output: Output, isLarge: boolean): Promise<Sink> {
  if (typeof output !== "string")
    return "stream" in output ? new StreamSink(output.stream, output.name ?? "stdout") : output;
  const found = await stat(output).catch(() => undefined);
  if (found?.isDirectory())
    throw new FileSortError(
      "NOT_A_FILE",
      `${output} is a folder: name a file in it, such as ${output}/sorted.txt`,
    );
  if (found === undefined || found.isFile()) return FileSink.open(output, isLarge);
  return new StreamSink(createWriteStream(output), output);
}

/** The folder of an output, if it is a file. */
export async function folderOf(output: Output): Promise<string | undefined> {
  return typeof output === "string" ? dirname(resolve(await targetOf(output))) : undefined;
}
