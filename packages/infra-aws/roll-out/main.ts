/** What `pulumi up` starts once the launch template and the group are there. Its goal is JSON in ROLL_OUT. */
import { AutoScaling } from "@aws-sdk/client-auto-scaling";
import { ElasticLoadBalancingV2 } from "@aws-sdk/client-elastic-load-balancing-v2";
import { rollOut } from "./roll-out.ts";
import type { Wanted } from "./wanted.ts";

const wanted: Wanted = JSON.parse(process.env["ROLL_OUT"] ?? "");
const { region } = wanted;
try {
  await rollOut(wanted, {
    clients: { autoscaling: new AutoScaling({ region }), elb: new ElasticLoadBalancingV2({ region }) },
    pollSeconds: 15,
    tell: console.log,
  });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
