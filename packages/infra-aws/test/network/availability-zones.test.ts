/** Shows that subnets are put only into zones that have what must be in them: AWS is asked, in a preview too. */
import { mistakesOf, type Properties, type Recorded } from "@sorted/infra-check";
import { test } from "tap";
import { ofType, recordWith } from "../configurations.ts";

const zonesOf = (program: Recorded) =>
  new Set(ofType(program, "ec2/subnet:Subnet").map(({ inputs }) => inputs["availabilityZone"]));

/** A region like us-east-1: one zone lacks what others have. */
const offeredIn = (...zones: readonly string[]) => ({
  "aws:ec2/getInstanceTypeOfferings:getInstanceTypeOfferings": () => ({
    instanceTypes: zones.map(() => "t4g.small"),
    locations: zones,
  }),
});

const endpointsIn = (zonesOfService: (service: string) => readonly string[]) => ({
  "aws:ec2/getVpcEndpointService:getVpcEndpointService": ({ serviceName }: Properties) => ({
    availabilityZones: zonesOfService(String(serviceName)),
  }),
});

test("a zone without the instance type is passed over", async (t) => {
  const program = await recordWith({}, offeredIn("eu-central-1a", "eu-central-1c"));
  t.strictSame(zonesOf(program), new Set(["eu-central-1a", "eu-central-1c"]));
});

test("too few zones with the instance type stop the preview, which names them", async (t) => {
  t.strictSame(await mistakesOf(recordWith({ zones: 3 }, offeredIn("eu-central-1c", "eu-central-1a"))), [
    "sorted-aws:zones must be 2 or less in eu-central-1, and is 3; t4g.small is only in eu-central-1a, eu-central-1c",
  ]);
});

test("nat none: a zone without one of the endpoint services is passed over", async (t) => {
  const some = endpointsIn((service) =>
    service.endsWith(".ecr.dkr")
      ? ["eu-central-1b", "eu-central-1c"]
      : ["eu-central-1a", "eu-central-1b", "eu-central-1c"],
  );
  t.strictSame(zonesOf(await recordWith({ nat: "none" }, some)), new Set(["eu-central-1b", "eu-central-1c"]));
});

test("nat none in a region without one of the services stops the preview", async (t) => {
  const none = endpointsIn(() => {
    throw new Error("couldn't find resource");
  });
  const [mistake] = await mistakesOf(recordWith({ nat: "none" }, none));
  t.match(
    mistake,
    /^sorted-aws:nat can't be none: com\.amazonaws\.eu-central-1\.ecr\.api can't be looked up: .*couldn't find/,
  );
});

test("a function behind the load balancer needs neither", async (t) => {
  const settings = { compute: "serverless", endpoint: "loadBalancer" };
  t.equal(zonesOf(await recordWith(settings, { ...offeredIn(), ...endpointsIn(() => []) })).size, 2);
});
