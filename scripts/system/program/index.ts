/** Replaces a program that deploys the service: the service runs already, at an address for each image. */
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();
const digest = config.get("imageDigest") || config.require("built");
const addresses = config.requireObject<Record<string, string>>("addresses");

export const imageUri = config.get("imageUri") || `registry.example/sorted@${digest}`;
export const url = addresses[imageUri.replace(/.*@/, "")];
if (url === undefined) throw new Error(`no such image: ${imageUri}`);
