/**
 * Shows that the user data of the program, as it stands, makes a machine a host that serves: it waits while another installer
 * holds dpkg's lock, as Azure's agents do in the first minute; it logs in to the registry by
 * its identity, pulls the image by digest, runs it under systemd on both ports, logs to syslog, keeps the container from
 * the metadata service, survives that the container is killed and that the machine restarts, and leaves before Azure
 * deletes it. Around it stand in: for Ubuntu a Debian; for Azure's metadata and the registry's login a few answers; for
 * the registry Docker's, found under the name that the user data has for it. Can't show what the agent does with syslog.
 */

import { recordProgram } from "@sorted/infra-check";
import { azure } from "@sorted/infra-check/azure";
import { boot, publish, servesThroughout } from "@sorted/infra-check/system/hosted";
import { forwardTo, Services } from "@sorted/testbed";
import { test } from "tap";
import { required } from "../test/required.ts";
import { Metadata } from "./boot/metadata.ts";
import { azureLogin } from "./boot/registry-login.ts";

const registry = "shared.azurecr.io";
const hostName = "sorted000001";
const ports = [80, 8080];
const subscription = "/subscriptions/00000000-0000-0000-0000-000000000000";

/** Asks the metadata service from inside a container, and prints what comes of it. */
const askMetadata = `fetch("http://169.254.169.254/metadata/instance/compute/name", { headers: { metadata: "true" } })
  .then(() => console.log("answered"), ({ cause }) => console.log(cause.code))`;

/** What the agent's extension does at a first boot, for longer than cloud-init would wait: nobody else can install. */
const otherInstaller = [
  "systemd-run",
  "--no-block",
  "python3",
  "-c",
  "import fcntl, time; lock = open('/var/lib/dpkg/lock-frontend', 'w'); fcntl.lockf(lock, fcntl.LOCK_EX); time.sleep(45)",
];

/** The user data of the program, and the identity that it is told to use. */
async function declared(imageUri: string): Promise<{ userData: string; clientId: string }> {
  const { resources } = await recordProgram({
    cloud: azure,
    project: "sorted-azure",
    config: {
      ...required,
      imageUri,
      registryId: `${subscription}/resourceGroups/Images/providers/Microsoft.ContainerRegistry/registries/shared`,
    },
    run: () => import("../index.ts"),
  });
  const of = (type: string) => resources.find((resource) => resource.type === `azure-native:${type}`);
  const scaleSet = JSON.stringify(of("compute:VirtualMachineScaleSet")?.inputs);
  const [, customData = ""] = /"customData":"([^"]+)"/.exec(scaleSet) ?? [];
  return {
    userData: Buffer.from(customData, "base64").toString(),
    clientId: String(of("managedidentity:UserAssignedIdentity")?.outputs["clientId"]),
  };
}

test("a machine boots from the user data, serves, and leaves", async (t) => {
  const { digest, registryPort } = await publish(t, "sorted");
  const imageUri = `${registry}/sorted@${digest}`;
  const { userData, clientId } = await declared(imageUri);
  const metadata = new Metadata(hostName, clientId);
  const services = await Services.start({
    metadata: metadata.answer,
    sites: { [registry]: azureLogin(registry, metadata.accessToken, forwardTo(registryPort)) },
  });
  t.teardown(() => services.close());
  const machine = await boot(t, {
    hostName,
    userData,
    services,
    ports,
    bootCommands: [otherInstaller],
  });

  await servesThroughout(t, machine, { image: imageUri, name: "sorted", ports });
  const answer = await machine.run("docker", "exec", "sorted", "/nodejs/bin/node", "--eval", askMetadata);
  t.equal(
    answer.trim(),
    "ECONNREFUSED",
    "the container does not reach the metadata service, as the host does",
  );

  // The facility local0 is 16.
  await machine.until("the log of three starts in syslog", async () => {
    const log = await machine.run(
      "journalctl",
      "--output=cat",
      "SYSLOG_FACILITY=16",
      "SYSLOG_IDENTIFIER=sorted",
    );
    return log.split("\n").filter((line) => line.includes("listening")).length >= 3 || undefined;
  });

  metadata.announceDeletion();
  await machine.until("the machine to let Azure delete it", async () => metadata.isReleased || undefined);
  await t.rejects(
    machine.run("systemctl", "is-active", "sorted.service"),
    /inactive/,
    "the application has been stopped by then",
  );
});
