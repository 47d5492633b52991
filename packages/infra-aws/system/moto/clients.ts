/** AWS's own SDK, pointed at a server that is not AWS. */
import { AutoScaling } from "@aws-sdk/client-auto-scaling";
import { CloudWatch } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import { EC2 } from "@aws-sdk/client-ec2";
import { ECR } from "@aws-sdk/client-ecr";
import { ElasticLoadBalancingV2 } from "@aws-sdk/client-elastic-load-balancing-v2";
import { IAM } from "@aws-sdk/client-iam";
import { Lambda } from "@aws-sdk/client-lambda";
import { S3 } from "@aws-sdk/client-s3";
import { SSM } from "@aws-sdk/client-ssm";

/** A client of each service that the program uses. */
export type Clients = ReturnType<typeof clientsOf>;

/** @param endpoint the server's address */
export function clientsOf(endpoint: string) {
  const settings = {
    endpoint,
    region: "eu-central-1",
    credentials: { accessKeyId: "nobody", secretAccessKey: "nothing" },
  };
  return {
    autoscaling: new AutoScaling(settings),
    cloudwatch: new CloudWatch(settings),
    ec2: new EC2(settings),
    ecr: new ECR(settings),
    elb: new ElasticLoadBalancingV2(settings),
    iam: new IAM(settings),
    lambda: new Lambda(settings),
    logs: new CloudWatchLogs(settings),
    s3: new S3({ ...settings, forcePathStyle: true }),
    ssm: new SSM(settings),
  };
}
