import { test } from "tap";
import { typesBefore } from "../../src/policy/rule.ts";

interface Resource {
  readonly type: string;
  readonly needs: readonly Resource[];
}

test("what must exist before a resource: each type once, also where two ways lead to it", (t) => {
  const network: Resource = { type: "network", needs: [] };
  const subnets: Resource[] = [1, 2].map(() => ({ type: "subnet", needs: [network] }));
  const loadBalancer: Resource = { type: "load balancer", needs: subnets };
  t.strictSame(
    typesBefore(loadBalancer, ({ needs }) => needs),
    ["subnet", "network"],
  );
  t.end();
});
