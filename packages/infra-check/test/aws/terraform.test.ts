/** The translation that checkov reads. That it brings mistakes to light is shown beside the program. */
import { test } from "tap";
import { declared } from "../../src/aws/cloud.ts";
import { toTerraform } from "../../src/aws/terraform.ts";

const balancer = declared("aws:lb/loadBalancer:LoadBalancer", "sorted", { dropInvalidHeaderFields: true });
const listener = {
  ...declared("aws:lb/listener:Listener", "http", {
    loadBalancerArn: balancer.outputs["arn"] ?? "",
    port: 80,
    defaultActions: [{ type: "forward" }, { type: "redirect", redirect: { port: "443" } }],
    tags: { "kubernetes.io/Name": "http" },
  }),
};
const linked = {
  ...listener,
  options: { ...listener.options, propertyDependencies: { loadBalancerArn: [balancer.urn] } },
};

/** The text without what only people need. */
function translated(...records: Parameters<typeof toTerraform>[0]): string {
  return toTerraform(records).text.replaceAll(/\s+/g, " ");
}

test("types and properties get Terraform's names", async (t) => {
  t.match(translated(balancer), 'resource "aws_lb" "sorted" { drop_invalid_header_fields = true ');
});

test("objects become blocks, one for each of a list, and maps stay maps", async (t) => {
  const text = translated(listener);
  t.match(
    text,
    'default_action { type = "forward" } default_action { type = "redirect" redirect { port = "443" } }',
  );
  t.match(text, 'tags = {"kubernetes.io/Name":"http"}');
});

test("what another resource computes becomes a reference to it", async (t) => {
  t.match(translated(balancer, linked), `load_balancer_arn = "\${aws_lb.sorted.arn}"`);
  t.match(translated(listener), `load_balancer_arn = "${balancer.outputs["arn"]}"`, "not by chance");
});

test("a text that looks like a reference is none", async (t) => {
  const group = declared("aws:ec2/securityGroup:SecurityGroup", "sorted", {
    description: `\${aws_lb.sorted.arn}`,
  });
  t.match(translated(group), `description = "$\${aws_lb.sorted.arn}"`);
});

test("the order of a replacement is the program's", async (t) => {
  const before = { ...balancer, options: { ...balancer.options, deleteBeforeReplace: true } };
  t.match(translated(balancer), "create_before_destroy = true");
  t.match(translated(before), "create_before_destroy = false");
});

test("each resource has its label, and other clouds' are left out", async (t) => {
  const image = declared("docker-build:index:Image", "sorted", {});
  t.strictSame(
    [...toTerraform([balancer, image, linked]).labels],
    [
      ["aws_lb.sorted", "LoadBalancer sorted"],
      ["aws_lb_listener.http", "Listener http"],
    ],
  );
});

test("a type that the translation does not know is named", async (t) => {
  t.throws(
    () => toTerraform([declared("aws:ec2/host:Host", "x", {})]),
    /aws:ec2\/host:Host "x": .*its type is missing/,
  );
});
