/** What the account of the checks has already, beside a VPC: an image, a hosted zone, a key and a policy. */
import type { CallAnswer } from "../../recorder/monitor.ts";
import { filtered } from "./offers.ts";

/** The answers to a program that asks for one of them, by function token. */
export const existingCalls: Readonly<Record<string, CallAnswer>> = {
  "aws:ec2/getAmi:getAmi": ({ filters }) => {
    const [id = ""] = filtered(filters, "image-id");
    if (id !== "ami-0123456789abcdef0") throw new Error("Your query returned no results");
    const rootDeviceName = "/dev/xvda";
    return {
      id,
      architecture: "arm64",
      rootDeviceName,
      blockDeviceMappings: [{ deviceName: rootDeviceName, ebs: { volume_size: "8" } }],
    };
  },
  "aws:iam/getPolicy:getPolicy": ({ arn = "" }) => {
    if (!String(arn).endsWith("/boundary")) throw new Error("reading IAM Policy: couldn't find resource");
    return { id: String(arn), arn };
  },
  "aws:kms/getKey:getKey": ({ keyId }) => {
    if (!String(keyId).endsWith("/01234567-89ab-cdef-0123-456789abcdef"))
      throw new Error("NotFoundException: Key does not exist");
    return { id: String(keyId), enabled: true, keySpec: "SYMMETRIC_DEFAULT" };
  },
  "aws:route53/getZone:getZone": ({ zoneId }) => {
    if (zoneId !== "Z0EXAMPLE") throw new Error("NoSuchHostedZone: No hosted zone found");
    return { id: zoneId, zoneId, name: "example.com", privateZone: false };
  },
};
