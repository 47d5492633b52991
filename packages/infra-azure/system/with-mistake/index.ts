/** The program with one mistake: its machines take a password. */
import "../with-azure/azure.ts";
import * as pulumi from "@pulumi/pulumi";

pulumi.runtime.registerStackTransformation(({ type, props, opts }) => {
  if (type !== "azure-native:compute:VirtualMachineScaleSet") return undefined;
  const { virtualMachineProfile } = props;
  const osProfile = { ...virtualMachineProfile.osProfile, adminPassword: "guess me" };
  return { props: { ...props, virtualMachineProfile: { ...virtualMachineProfile, osProfile } }, opts };
});

await import("../../index.ts");
