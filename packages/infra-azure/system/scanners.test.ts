/**
 * Shows that each thing that checkov finds in the program has a reason to stay, in policy/accepted-findings.ts.
 * Can't show what no scanner looks for; of Azure, checkov knows less than of AWS.
 */
import { readFileSync } from "node:fs";
import { recordProgram } from "@sorted/infra-check";
import { azure } from "@sorted/infra-check/azure";
import { checkov, scanChecks } from "@sorted/infra-check/system/scan";
import { parse } from "yaml";
import { acceptedFindings } from "../policy/accepted-findings.ts";
import { replace } from "../test/changes.ts";
import { record } from "../test/configurations.ts";
import { toTemplate } from "./scan/template.ts";

const example = readFileSync(new URL("../Pulumi.production.example.yaml", import.meta.url), "utf8");
const { config }: { config: Record<string, unknown> } = parse(example);

// What may deploy, and who may take it, is a program of its own.
const { resources: trust } = await recordProgram({
  cloud: azure,
  project: "sorted-azure-trust",
  config: {
    "azure-native:location": "westeurope",
    repository: "someone/sorted",
    ownerId: "12",
    repositoryId: "345",
    stateContainerId:
      "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/State/providers/Microsoft.Storage/storageAccounts/state/blobServices/default/containers/pulumi",
  },
  run: () => import("../trust/index.ts"),
});

scanChecks({
  scanner: checkov("arm", "template.json"),
  translate: toTemplate,
  configurations: {
    production: (await record(config)).resources,
    least: (await record("least")).resources,
    ofACompany: (await record("ofACompany")).resources,
    bastion: (await record("bastion")).resources,
    serverless: (await record("serverless")).resources,
    trust,
  },
  accepted: acceptedFindings,
  mistakes: {
    "SSH that is open to everybody": {
      make: replace(
        "azure-native:network:NetworkSecurityGroup",
        /"destinationPortRanges":\["80","443"\],"direction":"Inbound"/,
        '"destinationPortRanges":["20-25"],"direction":"Inbound"',
      ),
      check: "CKV_AZURE_10",
      resource: "NetworkSecurityGroup sorted-balancer",
    },
    "a password on the machines": {
      make: replace(
        "azure-native:compute:VirtualMachineScaleSet",
        /"disablePasswordAuthentication":true/,
        '"disablePasswordAuthentication":false',
      ),
      check: "CKV_AZURE_49",
      resource: "VirtualMachineScaleSet sorted",
    },
    "a role that may do everything in the subscription": {
      of: "trust",
      make: replace("azure-native:authorization:RoleDefinition", /"actions":\[[^\]]*\]/, '"actions":["*"]'),
      check: "CKV_AZURE_39",
      resource: "RoleDefinition pipeline-sorted-deploy",
    },
    "an admin of the registry": {
      make: replace(
        "azure-native:containerregistry:Registry",
        /"adminUserEnabled":false/,
        '"adminUserEnabled":true',
      ),
      check: "CKV_AZURE_137",
      resource: "Registry sorted",
    },
    "a gateway that speaks TLS 1.0": {
      make: replace(
        "azure-native:network:ApplicationGateway",
        /"policyName":"[^"]*"/,
        '"policyName":"AppGwSslPolicy20150501"',
      ),
      check: "CKV_AZURE_218",
      resource: "ApplicationGateway sorted",
    },
  },
});
