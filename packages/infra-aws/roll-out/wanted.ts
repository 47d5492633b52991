/** What a roll-out must lead to: what the program tells the process that `pulumi up` starts. */
import type { DesiredConfiguration } from "@aws-sdk/client-auto-scaling";

/** The state of an Auto Scaling group that a roll-out ends with. */
export interface Wanted {
  readonly region: string;
  readonly autoScalingGroupName: string;
  readonly targetGroupArn: string;
  /** What instances are made from: a numbered version of a launch template, for spot within a policy. */
  readonly model: DesiredConfiguration;
  /** So many targets must be healthy at the end. */
  readonly leastHealthy: number;
  /** How long nothing may change before the roll-out is given up. */
  readonly patienceSeconds: number;
}
