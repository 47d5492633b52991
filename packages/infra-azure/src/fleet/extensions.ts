/** Azure's agents on a machine. */
import type { compute } from "@pulumi/azure-native/types/input.js";
import type * as pulumi from "@pulumi/pulumi";

/**
 * A new machine gets the newest version of an agent. Were Azure to renew the agents of those that run, it would do that as
 * an upgrade of the whole scale set, and change a version in its model that the next update would put back.
 *
 * @see https://learn.microsoft.com/azure/virtual-machines/automatic-extension-upgrade
 */
const renewedWithItsMachine = { autoUpgradeMinorVersion: true, enableAutomaticUpgrade: false } as const;

/** An extension as Azure's API takes it. */
type Extension = compute.VirtualMachineScaleSetExtensionArgs;

/** The extension that says on each machine by which model it was made. */
export const healthExtension = "health";

/**
 * Asks the application itself, on the machine, whether it takes requests: a rolling upgrade and automatic repair under
 * Flexible orchestration go by nothing else. Version 1.0 wants status 200; 2.0 would want a body of its own kind.
 *
 * @see https://learn.microsoft.com/azure/virtual-machine-scale-sets/virtual-machine-scale-sets-health-extension
 */
export function applicationHealth(args: {
  readonly port: number;
  readonly readyPath: string;
  /**
   * Changes with anything that machines are made by. New user data alone need not start an upgrade, but another extension does.
   *
   * @see https://learn.microsoft.com/azure/virtual-machine-scale-sets/virtual-machine-scale-sets-upgrade-policy
   */
  readonly model?: pulumi.Input<string>;
}): Extension {
  return {
    name: healthExtension,
    ...(args.model !== undefined && { forceUpdateTag: args.model }),
    publisher: "Microsoft.ManagedServices",
    type: "ApplicationHealthLinux",
    typeHandlerVersion: "1.0",
    ...renewedWithItsMachine,
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
    ...renewedWithItsMachine,
    settings: {
      authentication: {
        managedIdentity: { "identifier-name": "mi_res_id", "identifier-value": args.identityId },
      },
    },
  };
}
