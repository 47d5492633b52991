/** Two images of the application for a twin: the first one, and a next one. */
import { buildImage, type Docker } from "@sorted/testbed";

/** The names of both for programs, by digest. */
export interface Images {
  readonly first: string;
  readonly next: string;
}

/** Builds both. If nothing has changed, that takes seconds. */
export async function imagesOf(docker: Docker): Promise<Images> {
  const build = async (version: string): Promise<string> => {
    const tag = `sorted-twin:${version}`;
    await buildImage(docker, { tag, version });
    const id = await docker.inspectImage(tag, "{{json .Id}}");
    return `twin.example.com/sorted@${id}`;
  };
  return { first: await build("1.0.0"), next: await build("1.0.1") };
}
