/** Says where Pulumi's command line is, having fetched or built it if it was nowhere. */
import { findPulumi } from "@sorted/infra-check/engine";

console.log(await findPulumi());
