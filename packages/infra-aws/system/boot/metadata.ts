/** The metadata service of an instance, as far as a host that logs in to ECR and writes to CloudWatch asks it. */
import type { RequestListener } from "node:http";

const role = "sorted";

/**
 * Gives the credentials of a role to whoever has got a session token first, as the launch template requires of an
 * instance.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html
 */
export function metadataService(): RequestListener {
  const token = crypto.randomUUID();
  const credentials = "/latest/meta-data/iam/security-credentials/";
  const documents: Readonly<Record<string, string>> = {
    [credentials]: role,
    [`${credentials}${role}`]: JSON.stringify({
      Code: "Success",
      Type: "AWS-HMAC",
      AccessKeyId: "nobody",
      SecretAccessKey: "nothing",
      Token: "none",
      LastUpdated: new Date().toISOString(),
      Expiration: new Date(Date.now() + 6 * 3_600_000).toISOString(),
    }),
  };
  return ({ method, url = "", headers }, response) => {
    if (method === "PUT" && url === "/latest/api/token") {
      response.setHeader("x-aws-ec2-metadata-token-ttl-seconds", "21600");
      return response.end(token);
    }
    const document = documents[url];
    if (headers["x-aws-ec2-metadata-token"] !== token) response.writeHead(401);
    else if (document === undefined) response.writeHead(404);
    return response.end(response.statusCode === 200 ? document : undefined);
  };
}
