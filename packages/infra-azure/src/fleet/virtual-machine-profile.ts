/** How a machine is made. */
import type { compute } from "@pulumi/azure-native/types/input.js";
import * as pulumi from "@pulumi/pulumi";
import type { Pools } from "../ingress/ingress.ts";

/** Whom the public key opens a shell for. */
const adminUser = "sorted";

/** How long a machine that Azure is about to delete has left to finish; Azure takes 5 to 15 minutes. */
const noticeBeforeDeletion = "PT5M";

export interface MachineArgs {
  readonly subnetId: pulumi.Input<string>;
  readonly securityGroupId: pulumi.Input<string>;
  readonly pools: Pools;
  readonly architecture: "arm64" | "x86_64";
  /** The version of Canonical's image, or `latest`. */
  readonly ubuntuVersion: string;
  readonly volumeGiB: number;
  readonly spot: boolean;
  /** Encrypt caches and temporary disks too; the subscription must have the feature. */
  readonly encryptionAtHost: boolean;
  /** The ID of what has the key for the disks; without it Azure has one. */
  readonly diskEncryptionSetId?: string | undefined;
  readonly sshPublicKey: string;
  /** cloud-config, as text. */
  readonly userData: pulumi.Input<string>;
  readonly extensions: readonly compute.VirtualMachineScaleSetExtensionArgs[];
}

/** Canonical's image for a processor, without a version. */
export function ubuntuImage(architecture: "arm64" | "x86_64") {
  const sku = architecture === "arm64" ? "server-arm64" : "server";
  return { publisher: "Canonical", offer: "ubuntu-24_04-lts", sku } as const;
}

/** A machine of Ubuntu with Trusted Launch, no password and no public address. */
export function machineProfile(name: string, args: MachineArgs): compute.VirtualMachineScaleSetVMProfileArgs {
  return {
    ...(args.spot && { priority: "Spot", evictionPolicy: "Delete", billingProfile: { maxPrice: -1 } }),
    osProfile: {
      computerNamePrefix: name,
      adminUsername: adminUser,
      customData: pulumi.output(args.userData).apply((text) => Buffer.from(text).toString("base64")),
      // Azure wants a password or a key, though no rule lets anybody connect to use it.
      linuxConfiguration: {
        disablePasswordAuthentication: true,
        ssh: {
          publicKeys: [{ path: `/home/${adminUser}/.ssh/authorized_keys`, keyData: args.sshPublicKey }],
        },
      },
    },
    securityProfile: {
      securityType: "TrustedLaunch",
      uefiSettings: { secureBootEnabled: true, vTpmEnabled: true },
      ...(args.encryptionAtHost && { encryptionAtHost: true }),
    },
    storageProfile: {
      imageReference: { ...ubuntuImage(args.architecture), version: args.ubuntuVersion },
      osDisk: {
        createOption: "FromImage",
        deleteOption: "Delete",
        caching: "ReadWrite",
        diskSizeGB: args.volumeGiB,
        managedDisk: {
          storageAccountType: "StandardSSD_LRS",
          ...(args.diskEncryptionSetId && { diskEncryptionSet: { id: args.diskEncryptionSetId } }),
        },
      },
    },
    networkProfile: {
      networkApiVersion: "2022-11-01",
      networkInterfaceConfigurations: [networkInterface(args)],
    },
    // The serial console's log, kept by Azure: the way to see a boot that failed.
    diagnosticsProfile: { bootDiagnostics: { enabled: true } },
    extensionProfile: { extensions: [...args.extensions] },
    // A spot machine gets the half minute's notice that Azure gives to all of them, and no other.
    ...(!args.spot && {
      scheduledEventsProfile: {
        terminateNotificationProfile: { enable: true, notBeforeTimeout: noticeBeforeDeletion },
      },
    }),
  };
}

function networkInterface(args: MachineArgs): compute.VirtualMachineScaleSetNetworkConfigurationArgs {
  const { loadBalancer, applicationGateway } = args.pools;
  return {
    name: "card",
    primary: true,
    deleteOption: "Delete",
    networkSecurityGroup: { id: args.securityGroupId },
    ipConfigurations: [
      {
        name: "private",
        primary: true,
        privateIPAddressVersion: "IPv4",
        subnet: { id: args.subnetId },
        loadBalancerBackendAddressPools: loadBalancer.map((id) => ({ id })),
        applicationGatewayBackendAddressPools: applicationGateway.map((id) => ({ id })),
      },
    ],
  };
}
