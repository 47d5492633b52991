/** Two images of the application for a twin: one to start with, and a next one. */
import { buildImage, type Docker } from "@sorted/testbed";

/** The names under which programs are given them, by digest. */
export interface Images {
  readonly first: string;
  readonly next: string;
}

/** Builds both; where nothing has changed that takes seconds. */
export async function imagesOf(docker: Docker): Promise<Images> {
  const build = async (version: string): Promise<string> => {
    const tag = `sorted-twin:${version}`;
    await buildImage(docker, { tag, version });
    const id = await docker.inspectImage(tag, "{{json .Id}}");
    return `twin.example.com/sorted@${id}`;
  };
  return { first: await build("1.0.0"), next: await build("1.0.1") };
}
