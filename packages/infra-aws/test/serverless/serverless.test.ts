/** Shows how the function and the ways to it are declared. Can't show that AWS runs it: the container's checks run the adapter. */
import { awsCallers } from "@sorted/infra-check/aws";
import { test } from "tap";
import { ofType, one, policyOf, record } from "../configurations.ts";

const serverless = { compute: "serverless" };
const balanced = { compute: "serverless", endpoint: "loadBalancer" };

test("a function from the image by digest, on one architecture, with memory and time as set", async (t) => {
  const program = await record("functionUrl");
  t.hasStrict(one(program, "lambda/function:Function").inputs, {
    packageType: "Image",
    imageUri: program.outputs["imageUri"],
    architectures: ["arm64"],
    memorySize: 1024,
    timeout: 30,
    publish: true,
    vpcConfig: undefined,
    reservedConcurrentExecutions: undefined,
  });
  const own = {
    architecture: "x86_64",
    containerMemoryMiB: 3008,
    functionTimeoutSeconds: 120,
    instanceLimit: 7,
  };
  t.hasStrict(one(await record({ ...serverless, ...own }), "lambda/function:Function").inputs, {
    architectures: ["x86_64"],
    memorySize: 3008,
    timeout: 120,
    reservedConcurrentExecutions: 7,
  });
});

test("the application knows what the platform carries, by the way in", async (t) => {
  const environment = async (settings: Record<string, unknown>) =>
    one(await record(settings), "lambda/function:Function").inputs["environment"];
  t.hasStrict(await environment({ ...serverless, environment: ["LOG_LEVEL=warn"], logRequests: true }), {
    variables: {
      MAX_EVENT_BYTES: "6291456",
      WORKERS: "1",
      TRUSTED_PROXIES: "127.0.0.1/32",
      SHUTDOWN_DELAY_SECONDS: "0",
      LOG_LEVEL: "warn",
      LOG_REQUESTS: "true",
    },
  });
  const apiKeyHashes = ["a".repeat(64), "b".repeat(64)];
  t.hasStrict(await environment({ ...serverless, apiKeyHashes }), {
    variables: { API_KEYS: apiKeyHashes.join(",") },
  });
  t.hasStrict(await environment(balanced), { variables: { MAX_EVENT_BYTES: "1000000" } });
});

test("at a URL of its own the function has no metrics, unless a setting opens them", async (t) => {
  const metrics = async (settings: Record<string, unknown>) => {
    const { environment } = one(await record(settings), "lambda/function:Function").inputs;
    return JSON.parse(JSON.stringify(environment)).variables.METRICS;
  };
  t.equal(await metrics(serverless), "false");
  t.equal(await metrics({ ...serverless, publicMetrics: true }), "true");
  // There the load balancer refuses them.
  t.equal(await metrics(balanced), "true");
});

test("it may write its log and nothing else", async (t) => {
  const program = await record("functionUrl");
  t.strictSame(policyOf(one(program, "iam/rolePolicy:RolePolicy")), {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: `${one(program, "cloudwatch/logGroup:LogGroup").outputs["arn"]}:*`,
      },
    ],
  });
  t.match(String(one(program, "iam/role:Role").inputs["assumeRolePolicy"]), /lambda\.amazonaws\.com/);
  t.hasStrict(one(program, "lambda/function:Function").inputs, {
    loggingConfig: { logFormat: "Text", logGroup: "sorted" },
  });
});

test("Lambda may read the stack's images, for functions of the account, before there is a function", async (t) => {
  const program = await record("functionUrl");
  t.match(policyOf(one(program, "ecr/repositoryPolicy:RepositoryPolicy")), {
    Statement: [
      {
        Principal: { Service: "lambda.amazonaws.com" },
        Action: ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
        Condition: { StringLike: { "aws:SourceArn": "arn:aws:lambda:*:123456789012:function:*" } },
      },
    ],
  });
  const { dependencies } = one(program, "lambda/function:Function").options;
  t.ok(dependencies.some((urn) => urn.includes("RepositoryPolicy")));
  t.strictSame(ofType(await record("least"), "ecr/repositoryPolicy:RepositoryPolicy"), []);
});

test("with a URL of its own it is called by HTTPS by anyone, and that is all there is", async (t) => {
  const program = await record("functionUrl");
  t.strictSame(awsCallers(program.resources), ["HTTPS 443: anyone > function sorted:live"]);
  t.hasStrict(one(program, "lambda/functionUrl:FunctionUrl").inputs, { invokeMode: "BUFFERED" });
  t.hasStrict(program.outputs, {
    url: "https://sorted.lambda-url.eu-central-1.on.aws",
    dnsName: "sorted.lambda-url.eu-central-1.on.aws",
    functionName: "sorted",
    autoScalingGroup: null,
    accessLogBucket: null,
    vpcId: null,
  });
});

test("behind a load balancer it is called by that one alone, and permitted before it is attached", async (t) => {
  for (const configuration of ["balancedFunction", "balancedFunctionInVpc"] as const) {
    const program = await record(configuration);
    t.strictSame(awsCallers(program.resources), [
      "call: load balancer sorted > target group sorted > function sorted:live",
    ]);
    const { dependencies } = one(program, "lb/targetGroupAttachment:TargetGroupAttachment").options;
    t.ok(dependencies.some((urn) => urn.includes("lambda/permission:Permission")));
  }
});

test("behind a load balancer the address is as with a fleet, and so are certificate and firewall", async (t) => {
  const program = await record({
    ...balanced,
    domainName: "sorted.example.com",
    hostedZoneId: "Z0EXAMPLE",
    waf: true,
  });
  t.equal(program.outputs["url"], "https://sorted.example.com");
  t.equal(ofType(program, "wafv2/webAclAssociation:WebAclAssociation").length, 1);
  t.equal(ofType(program, "lb/listener:Listener").length, 2);
});

test("a target group for the function: whole queries, and no checks that would call it", async (t) => {
  t.hasStrict(one(await record("balancedFunction"), "lb/targetGroup:TargetGroup").inputs, {
    targetType: "lambda",
    lambdaMultiValueHeadersEnabled: true,
    healthCheck: { enabled: false },
    vpcId: undefined,
    port: undefined,
  });
});

test("instances are kept warm for the alias, which stays as it is without them", async (t) => {
  const warm = await record("balancedFunction");
  t.hasStrict(one(warm, "lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig").inputs, {
    qualifier: "live",
    provisionedConcurrentExecutions: 2,
  });
  for (const program of [warm, await record("functionUrl")]) {
    t.hasStrict(one(program, "lambda/alias:Alias").inputs, { name: "live", functionVersion: "1" });
  }
});
