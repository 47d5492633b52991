/**
 * Shows that the user data of the program, as it stands, makes a machine a host that serves: it logs in to ECR, pulls the
 * image by digest, runs it under systemd, logs to CloudWatch, and survives that the container is killed and that the
 * machine restarts. Amazon's credential helper and Docker's log driver are the real ones. Around them stand in: for Amazon
 * Linux a Debian, so that dnf is apt; for EC2's metadata a few answers; for ECR's and CloudWatch's APIs moto; for the
 * registry Docker's, all found under the names that the user data has for them.
 */

import { boot, publish, servesThroughout } from "@sorted/infra-check/system/hosted";
import { behindPassword, forwardTo, Services } from "@sorted/testbed";
import { test } from "tap";
import { one, record } from "../test/configurations.ts";
import { metadataService } from "./boot/metadata.ts";
import { first } from "./moto/binding.ts";
import { clientsOf } from "./moto/clients.ts";
import { startMoto } from "./moto/server.ts";

const region = "eu-central-1";
const registry = `123456789012.dkr.ecr.${region}.amazonaws.com`;
const instanceId = "i-0123456789abcdef0";

test("an instance boots from the user data, and serves", async (t) => {
  const { digest, registryPort } = await publish(t, "sorted");
  const imageUri = `${registry}/sorted@${digest}`;
  const program = await record({ imageUri });
  const { userData } = one(program, "ec2/launchTemplate:LaunchTemplate").inputs;
  const { name: logGroup } = one(program, "cloudwatch/logGroup:LogGroup", "sorted").outputs;

  const moto = await startMoto(t);
  const aws = clientsOf(moto);
  const logGroupName = String(logGroup);
  await aws.logs.createLogGroup({ logGroupName });
  const { authorizationData } = await aws.ecr.getAuthorizationToken({});
  const { authorizationToken = "" } = first(authorizationData);
  const api = forwardTo(Number(new URL(moto).port));
  const services = await Services.start({
    metadata: metadataService(),
    sites: {
      [registry]: behindPassword(authorizationToken, forwardTo(registryPort)),
      [`api.ecr.${region}.amazonaws.com`]: api,
      [`logs.${region}.amazonaws.com`]: api,
    },
  });
  t.teardown(() => services.close());
  const machine = await boot(t, {
    hostName: instanceId,
    userData: Buffer.from(String(userData), "base64").toString(),
    services,
    ports: [80],
  });

  await servesThroughout(t, machine, { image: imageUri, name: "sorted", ports: [80] });

  const logStreamName = instanceId;
  await machine.until("the log of three starts in the instance's stream", async () => {
    const { events = [] } = await aws.logs.getLogEvents({ logGroupName, logStreamName });
    return events.filter(({ message }) => message?.includes("listening")).length >= 3 || undefined;
  });
});
