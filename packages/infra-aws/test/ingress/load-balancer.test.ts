/** Shows how the load balancer is declared. Can't show what it does with a request. */
import { test } from "tap";
import { ofType, one, policyOf, record } from "../configurations.ts";

test("a dual-stack load balancer that faces the Internet, in the public subnets", async (t) => {
  t.hasStrict(one(await record("least"), "lb/loadBalancer:LoadBalancer").inputs, {
    loadBalancerType: "application",
    internal: false,
    ipAddressType: "dualstack",
    subnets: ["sorted-public-1-id", "sorted-public-2-id"],
    securityGroups: ["sorted-balancer-id"],
    dropInvalidHeaderFields: true,
    enableDeletionProtection: false,
    idleTimeout: 60,
    accessLogs: { enabled: true, bucket: "sorted-access-logs" },
  });
});

test("an internal load balancer has private addresses only, and its name leads to IPv4", async (t) => {
  const program = await record({
    internal: true,
    domainName: "sorted.example.com",
    hostedZoneId: "Z0EXAMPLE",
  });
  t.hasStrict(one(program, "lb/loadBalancer:LoadBalancer").inputs, {
    internal: true,
    ipAddressType: "ipv4",
  });
  const types = ofType(program, "route53/record:Record").map(({ inputs }) => inputs["type"]);
  t.strictSame(types.toSorted(), ["A", "CNAME"]);
});

function admitted(program: Awaited<ReturnType<typeof record>>) {
  return ofType(program, "vpc/securityGroupIngressRule:SecurityGroupIngressRule")
    .filter(({ inputs }) => inputs["securityGroupId"] === "sorted-balancer-id")
    .map(({ inputs: { fromPort, toPort, cidrIpv4, cidrIpv6 } }) => ({
      ports: [fromPort, toPort],
      ...(cidrIpv4 && { ipv4: cidrIpv4 }),
      ...(cidrIpv6 && { ipv6: cidrIpv6 }),
    }));
}

test("clients connect to port 80 from anywhere, over IPv4 and IPv6", async (t) => {
  t.strictSame(admitted(await record("least")), [
    { ports: [80, 80], ipv4: "0.0.0.0/0" },
    { ports: [80, 80], ipv6: "::/0" },
  ]);
});

test("clients connect from the given ranges only, with a certificate also to port 443", async (t) => {
  const program = await record({
    domainName: "sorted.example.com",
    hostedZoneId: "Z0EXAMPLE",
    allowedRanges: ["203.0.113.0/24", "2001:db8::/48"],
  });
  t.strictSame(admitted(program), [
    { ports: [80, 80], ipv4: "203.0.113.0/24" },
    { ports: [80, 80], ipv6: "2001:db8::/48" },
    { ports: [443, 443], ipv4: "203.0.113.0/24" },
    { ports: [443, 443], ipv6: "2001:db8::/48" },
  ]);
});

test("requests go to instances, whichever has the fewest under way, at port 80", async (t) => {
  const program = await record("least");
  t.hasStrict(one(program, "lb/targetGroup:TargetGroup").inputs, {
    targetType: "instance",
    protocol: "HTTP",
    port: 80,
    loadBalancingAlgorithmType: "least_outstanding_requests",
    name: undefined,
  });
  t.hasStrict(one(program, "lb/listener:Listener").inputs, {
    port: 80,
    protocol: "HTTP",
    defaultActions: [{ type: "forward" }],
  });
});

test("an instance that leaves may finish what it began: the load balancer waits as long as the application", async (t) => {
  const program = await record({ shutdownDelaySeconds: 25, graceSeconds: 90 });
  t.hasStrict(one(program, "lb/targetGroup:TargetGroup").inputs, { deregistrationDelay: 115 });
});

test("an application that stops is seen as unready before it closes", async (t) => {
  const program = await record({ shutdownDelaySeconds: 15 });
  t.hasStrict(one(program, "lb/targetGroup:TargetGroup").inputs, {
    healthCheck: { path: "/readyz", matcher: "200", interval: 5, timeout: 4, unhealthyThreshold: 2 },
  });
  // 2 checks at intervals of 5 s, the last of which may take 4 s: 14 s, and 15 is the least that can be set.
  await t.rejects(record({ shutdownDelaySeconds: 14 }), /shutdownDelaySeconds must be an integer from 15/);
});

test("with a certificate 443 serves by a modern policy, and 80 redirects there", async (t) => {
  const program = await record("certificate");
  t.hasStrict(one(program, "lb/listener:Listener", "sorted-https").inputs, {
    port: 443,
    protocol: "HTTPS",
    sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
    certificateArn: "arn:aws:acm:eu-central-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef",
    defaultActions: [{ type: "forward" }],
  });
  t.hasStrict(one(program, "lb/listener:Listener", "sorted-http").inputs, {
    port: 80,
    defaultActions: [
      { type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } },
    ],
  });
  t.equal(program.outputs["url"], "https://sorted.eu-central-1.elb.amazonaws.com");
});

/** Whether one of a rule's patterns of paths fits, read as covering the whole path. */
function refuses(rule: ReturnType<typeof one>, path: string): boolean {
  const { conditions } = rule.inputs;
  const patterns: string[] = JSON.parse(JSON.stringify(conditions))[0].pathPattern.regexValues;
  return patterns.some((pattern) => new RegExp(`^(?:${pattern})$`).test(path));
}

test("clients can't read the metrics: 404 at the load balancer, however the path is written", async (t) => {
  for (const [configuration, serving] of [
    ["least", "sorted-http"],
    ["certificate", "sorted-https"],
    ["balancedFunction", "sorted-http"],
  ] as const) {
    const program = await record(configuration);
    const rule = one(program, "lb/listenerRule:ListenerRule");
    t.hasStrict(rule.inputs, {
      listenerArn: one(program, "lb/listener:Listener", serving).outputs["arn"],
      priority: 1,
      actions: [{ type: "fixed-response", fixedResponse: { statusCode: "404" } }],
    });
    for (const path of ["/metrics", "/metrics#", "/%6Detrics", "/metric%73"]) {
      t.ok(refuses(rule, path), path);
    }
    for (const path of ["/", "/docs", "/openapi.json", "/readyz"]) t.notOk(refuses(rule, path), path);
  }
});

test("a setting lets clients read the metrics", async (t) => {
  t.strictSame(ofType(await record({ publicMetrics: true }), "lb/listenerRule:ListenerRule"), []);
});

test("every rule of a security group says what it is for", async (t) => {
  for (const configuration of ["domain", "noNat"] as const) {
    const { resources } = await record(configuration);
    const rules = resources.filter(({ type }) => /^aws:vpc\/securityGroup(Ingress|Egress)Rule:/.test(type));
    t.ok(rules.length > 4);
    // The characters that AWS takes in one.
    for (const { name, inputs } of rules)
      t.match(inputs["description"], /^[\w .:/()#,@+=&;{}!$*-]{5,255}$/, name);
  }
});

test("a domain name gets a certificate, proved in its zone, and addresses of both families", async (t) => {
  const program = await record("domain");
  t.hasStrict(one(program, "acm/certificate:Certificate").inputs, {
    domainName: "sorted.example.com",
    validationMethod: "DNS",
  });
  const records = ofType(program, "route53/record:Record").map(({ inputs }) => {
    const { type, name, zoneId } = inputs;
    return [type, name, zoneId];
  });
  t.strictSame(records.toSorted(), [
    ["A", "sorted.example.com", "Z0EXAMPLE"],
    ["AAAA", "sorted.example.com", "Z0EXAMPLE"],
    ["CNAME", "_0123456789abcdef.sorted.example.com.", "Z0EXAMPLE"],
  ]);
  t.hasStrict(one(program, "route53/record:Record", "sorted-aaaa").inputs, {
    aliases: [{ name: "sorted.eu-central-1.elb.amazonaws.com", evaluateTargetHealth: true }],
  });
  t.equal(program.outputs["url"], "https://sorted.example.com");
});

test("port 443 waits for a certificate that is valid, not only asked for", async (t) => {
  const { options } = one(await record("domain", true), "lb/listener:Listener", "sorted-https");
  t.match(options.propertyDependencies["certificateArn"], [/CertificateValidation/]);
});

test("access logs are private, encrypted, written by the load balancer alone, and expire", async (t) => {
  const program = await record({ logRetentionDays: 90 });
  t.hasStrict(one(program, "s3/bucketPublicAccessBlock:BucketPublicAccessBlock").inputs, {
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  });
  const encryption = "s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
  t.hasStrict(one(program, encryption).inputs, {
    rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
  });
  t.hasStrict(one(program, "s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration").inputs, {
    rules: [
      { status: "Enabled", expiration: { days: 90 } },
      { status: "Enabled", abortIncompleteMultipartUpload: { daysAfterInitiation: 1 } },
    ],
  });
  t.hasStrict(policyOf(one(program, "s3/bucketPolicy:BucketPolicy")), {
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
        Action: "s3:PutObject",
        Resource: "arn:aws:s3:::sorted-access-logs/AWSLogs/123456789012/*",
      },
      { Effect: "Deny", Action: "s3:*", Condition: { Bool: { "aws:SecureTransport": "false" } } },
    ],
  });
});

test("the load balancer is told to log only where it can", async (t) => {
  const { options } = one(await record("least"), "lb/loadBalancer:LoadBalancer");
  t.ok(options.dependencies.some((urn) => urn.includes("aws:s3/bucketPolicy:BucketPolicy")));
});

test("without access logs there is no bucket", async (t) => {
  const program = await record({ accessLogs: false });
  t.strictSame(ofType(program, "s3/bucket:Bucket"), []);
  t.equal(one(program, "lb/loadBalancer:LoadBalancer").inputs["accessLogs"], undefined);
  t.equal(program.outputs["accessLogBucket"], null);
});

/** The rules of the common rule set that only count. */
async function counted(): Promise<readonly unknown[]> {
  const { rules } = one(await record("everything"), "wafv2/webAcl:WebAcl").inputs;
  const [common] = JSON.parse(JSON.stringify(rules)).flatMap(
    ({ statement: { managedRuleGroupStatement: group } }: WebAclRule) =>
      group.name === "AWSManagedRulesCommonRuleSet" ? [group.ruleActionOverrides] : [],
  );
  return common
    .filter(({ actionToUse }: WebAclOverride) => "count" in actionToUse)
    .map(({ name }: WebAclOverride) => name);
}

interface WebAclOverride {
  readonly name: string;
  readonly actionToUse: object;
}

interface WebAclRule {
  readonly statement: {
    readonly managedRuleGroupStatement: {
      readonly name: string;
      readonly ruleActionOverrides: readonly WebAclOverride[];
    };
  };
}

test("WAF refuses by Amazon's rules", async (t) => {
  const program = await record("everything");
  const { scope, defaultAction, rules } = one(program, "wafv2/webAcl:WebAcl").inputs;
  t.strictSame({ scope, defaultAction }, { scope: "REGIONAL", defaultAction: { allow: {} } });
  t.hasStrict(
    rules,
    [
      "AWSManagedRulesAmazonIpReputationList",
      "AWSManagedRulesCommonRuleSet",
      "AWSManagedRulesKnownBadInputsRuleSet",
    ].map((name, priority) => ({
      priority,
      overrideAction: { none: {} },
      statement: { managedRuleGroupStatement: { vendorName: "AWS", name } },
    })),
  );
  t.hasStrict(one(program, "wafv2/webAclAssociation:WebAclAssociation").inputs, {
    resourceArn: one(program, "lb/loadBalancer:LoadBalancer").outputs["arn"],
  });
});

test("WAF lets through programs without a User-Agent", async (t) => {
  t.ok((await counted()).includes("NoUserAgent_HEADER"));
});

test("WAF lets through what the API is for: long bodies and queries, with any text beside the numbers", async (t) => {
  const rules = await counted();
  for (const rule of [
    "SizeRestrictions",
    "EC2MetaDataSSRF",
    "GenericLFI",
    "GenericRFI",
    "CrossSiteScripting",
  ]) {
    t.ok(rules.includes(`${rule}_BODY`), rule);
    if (rule !== "SizeRestrictions") t.ok(rules.includes(`${rule}_QUERYARGUMENTS`), rule);
  }
  t.ok(rules.includes("SizeRestrictions_QUERYSTRING"));
  t.notOk(rules.some((rule) => /_(URIPATH|COOKIE)$/.test(String(rule))));
});

test("what WAF refuses is logged, without the keys of clients", async (t) => {
  const program = await record({ waf: true, logRetentionDays: 90 });
  const group = one(program, "cloudwatch/logGroup:LogGroup", "aws-waf-logs-sorted");
  t.equal(group.inputs["retentionInDays"], 90);
  // AWS takes only groups whose name begins so; Pulumi adds to the name.
  t.equal(group.inputs["name"], undefined);
  t.hasStrict(one(program, "wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration").inputs, {
    resourceArn: one(program, "wafv2/webAcl:WebAcl").outputs["arn"],
    logDestinationConfigs: [group.outputs["arn"]],
    loggingFilter: {
      defaultBehavior: "DROP",
      filters: [{ behavior: "KEEP", conditions: [{ actionCondition: { action: "BLOCK" } }] }],
    },
    redactedFields: [{ singleHeader: { name: "authorization" } }, { singleHeader: { name: "x-api-key" } }],
  });
});
