/** Azure's agents on a machine. */
import type { compute } from "@pulumi/azure-native/types/input.js";
import type * as pulumi from "@pulumi/pulumi";

/** An extension as Azure's API takes it. */
type Extension = compute.VirtualMachineScaleSetExtensionArgs;

/**
 * Asks the application itself, on the machine, whether it takes requests: a rolling upgrade and automatic repair under
 * Flexible orchestration go by nothing else. Version 1.0 wants status 200; 2.0 would want a body of its own kind.
 *
 * @see https://learn.microsoft.com/azure/virtual-machine-scale-sets/virtual-machine-scale-sets-health-extension
 */
export function applicationHealth(args: { readonly port: number; readonly readyPath: string }): Extension {
  return {
    name: "health",
    publisher: "Microsoft.ManagedServices",
    type: "ApplicationHealthLinux",
    typeHandlerVersion: "1.0",
    autoUpgradeMinorVersion: true,
    enableAutomaticUpgrade: true,
    settings: { protocol: "http", port: args.port, requestPath: args.readyPath },
  };
}

/**
 * Sends what a data collection rule asks for, as one of the machine's identities.
 *
 * @see https://learn.microsoft.com/azure/azure-monitor/agents/azure-monitor-agent-manage
 */
export function monitorAgent(args: { readonly identityId: pulumi.Input<string> }): Extension {
  return {
    name: "logs",
    publisher: "Microsoft.Azure.Monitor",
    type: "AzureMonitorLinuxAgent",
    typeHandlerVersion: "1.33",
    autoUpgradeMinorVersion: true,
    enableAutomaticUpgrade: true,
    settings: {
      authentication: {
        managedIdentity: { "identifier-name": "mi_res_id", "identifier-value": args.identityId },
      },
    },
  };
}
