/** Rules on what a scale set's machines are made of. */

import { items, part, type ResourceRule, type Subject, wrongIf } from "../../policy/rule.ts";
import type { Properties } from "../../recorder/value.ts";
import { SCALE_SET } from "../types/tokens.ts";

const profile = ({ props }: Pick<Subject, "props">) => part(props["virtualMachineProfile"]);
const networkInterfaces = (subject: Pick<Subject, "props">) =>
  items(part(profile(subject)["networkProfile"])["networkInterfaceConfigurations"]);

function machines(virtualMachineProfile: Properties) {
  return { virtualMachineProfile };
}

const password: ResourceRule = {
  name: "machines-take-no-password",
  reason: "Azure wants a password or a key; a password can be guessed, and lies in the state.",
  types: [SCALE_SET],
  violation: (subject) => {
    const { adminPassword, linuxConfiguration } = part(profile(subject)["osProfile"]);
    return wrongIf(
      adminPassword !== undefined || part(linuxConfiguration)["disablePasswordAuthentication"] !== true,
      "osProfile must have disablePasswordAuthentication, and no adminPassword",
    );
  },
  passes: [
    { props: machines({ osProfile: { linuxConfiguration: { disablePasswordAuthentication: true } } }) },
  ],
  breaks: [
    { props: machines({ osProfile: {} }) },
    {
      props: machines({
        osProfile: { adminPassword: "x", linuxConfiguration: { disablePasswordAuthentication: true } },
      }),
    },
  ],
};

const direct: ResourceRule = {
  name: "machines-are-not-reached-directly",
  reason: "Machines are reached through the balancer, and by run-command or Bastion: no public address.",
  types: [SCALE_SET],
  violation: (subject) =>
    wrongIf(
      networkInterfaces(subject)
        .flatMap(({ ipConfigurations }) => items(ipConfigurations))
        .some(({ publicIPAddressConfiguration }) => publicIPAddressConfiguration !== undefined),
      "ipConfigurations must have no publicIPAddressConfiguration",
    ),
  passes: [{ props: withNetworkInterface({ ipConfigurations: [{ name: "private" }] }) }],
  breaks: [
    {
      props: withNetworkInterface({
        ipConfigurations: [{ publicIPAddressConfiguration: { name: "public" } }],
      }),
    },
  ],
};

function withNetworkInterface(networkInterface: Properties) {
  return machines({ networkProfile: { networkInterfaceConfigurations: [networkInterface] } });
}

const interfaceGroup: ResourceRule = {
  name: "network-interfaces-have-a-security-group",
  reason:
    "The machines' own group holds wherever their subnet's group changes, and between machines of one subnet.",
  types: [SCALE_SET],
  violation: (subject) =>
    wrongIf(
      networkInterfaces(subject).some(
        ({ networkSecurityGroup }) => part(networkSecurityGroup)["id"] === undefined,
      ),
      "networkInterfaceConfigurations must each name a networkSecurityGroup",
    ),
  passes: [{ props: withNetworkInterface({ networkSecurityGroup: { id: "group" } }) }],
  breaks: [{ props: withNetworkInterface({}) }],
};

const trusted: ResourceRule = {
  name: "machines-boot-trusted",
  reason: "Secure boot and the virtual TPM are off in a scale set that doesn't ask for them.",
  types: [SCALE_SET],
  violation: (subject) => {
    const { securityType, uefiSettings } = part(profile(subject)["securityProfile"]);
    const { secureBootEnabled, vTpmEnabled } = part(uefiSettings);
    return wrongIf(
      securityType !== "TrustedLaunch" || secureBootEnabled !== true || vTpmEnabled !== true,
      "securityProfile must be TrustedLaunch, with secureBootEnabled and vTpmEnabled",
    );
  },
  passes: [{ props: launch({}) }],
  breaks: [{ props: {} }, { props: launch({ secureBootEnabled: false }) }],
};

function launch(uefi: Properties) {
  const uefiSettings = { secureBootEnabled: true, vTpmEnabled: true, ...uefi };
  return machines({ securityProfile: { securityType: "TrustedLaunch", uefiSettings } });
}

const digest: ResourceRule = {
  name: "image-is-run-by-digest",
  reason:
    "A tag can move: with the digest in the user data, a new image changes the scale set, which renews machines.",
  types: [SCALE_SET],
  violation: (subject) => {
    const { customData } = part(profile(subject)["osProfile"]);
    const text = Buffer.from(String(customData ?? ""), "base64").toString();
    return wrongIf(!/@sha256:[0-9a-f]{64}/.test(text), "customData must name the image by @sha256:");
  },
  passes: [{ props: machines({ osProfile: customData(`registry/sorted@sha256:${"0".repeat(64)}`) }) }],
  breaks: [{ props: {} }, { props: machines({ osProfile: customData("registry/sorted:latest") }) }],
};

function customData(text: string) {
  return { customData: Buffer.from(text).toString("base64") };
}

export const machineRules = [password, direct, interfaceGroup, trusted, digest];
