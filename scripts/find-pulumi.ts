/** Prints the path of Pulumi's command line. Fetches or builds it if there is none yet. */
import { findPulumi } from "@sorted/infra-check/engine";

console.log(await findPulumi());
