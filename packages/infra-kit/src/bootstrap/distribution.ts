/** What differs from one Linux distribution, and one cloud's registry, to another. */

/** A file on the host. */
export interface HostFile {
  readonly path: string;
  readonly content: string;
  /** Octal, such as `0600`. */
  readonly permissions: string;
}

/** The small part of the bootstrap that is particular. */
export interface Distribution {
  /** Packages that bring Docker, and what logs in to the registry. */
  readonly packages: readonly string[];
  /** The command, one of the files, that installs the packages; without it cloud-init does. */
  readonly installer?: string;
  readonly files: readonly HostFile[];
  /** Units among the files, to be started beside the container's. */
  readonly units?: readonly string[];
  /** The configuration of Docker's client: how it finds credentials. */
  readonly dockerConfig: Readonly<Record<string, unknown>>;
  /** Commands to run before each start of the container. */
  readonly beforeStart: readonly (readonly string[])[];
}
