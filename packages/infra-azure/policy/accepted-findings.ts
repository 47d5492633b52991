/**
 * What scanners find in this program and what stays, with the reason. docs/azure-findings.md is made from it. The system check
 * `scanners` fails where a finding has no reason, and where a reason has no finding.
 */
import type { AcceptedFinding } from "@sorted/infra-check";

export const acceptedFindings: readonly AcceptedFinding[] = [
  {
    check: "CKV_AZURE_160",
    says: "Ensure that HTTP (port 80) access is restricted from the internet",
    resources: ["NetworkSecurityGroup sorted-balancer"],
    reason:
      "This is how clients reach the service, or are led to HTTPS. `allowedRanges` says which clients may.",
  },
  {
    check: "CKV_AZURE_160",
    says: "Ensure that HTTP (port 80) access is restricted from the internet",
    resources: ["NetworkSecurityGroup sorted-machines"],
    only: ["least", "bastion"],
    reason:
      "Packets come through Azure's load balancer with the client's address, so that the machines' group must admit it. The machines have no public address. Behind an application gateway the group admits the gateway only.",
  },
  {
    check: "CKV_AZURE_97",
    says: "Ensure that Virtual machine scale sets have encryption at host enabled",
    resources: ["VirtualMachineScaleSet sorted"],
    only: ["least", "ofACompany", "bastion"],
    reason:
      "It is the setting `encryptionAtHost`, as the subscription needs a feature for it. The disks are encrypted without it, too.",
  },
  {
    check: "CKV_AZURE_95",
    says: "Ensure that automatic OS image patching is enabled for Virtual Machine Scale Sets",
    resources: ["VirtualMachineScaleSet sorted"],
    reason:
      "checkov says so of each scale set with flexible orchestration. New versions of Ubuntu come by a deployment, which replaces the machines and watches them.",
  },
  {
    check: "CKV_AZURE_139",
    says: "Ensure ACR set to disable public networking",
    resources: ["Registry sorted"],
    reason:
      "Only the tier Premium can do so. The registry takes no anonymous requests, and there is no admin's password.",
  },
  {
    check: "CKV_AZURE_163",
    says: "Enable vulnerability scanning for container images.",
    resources: ["Registry sorted"],
    reason:
      "checkov looks at the tier only, which scans nothing. Microsoft Defender for Containers does, and is switched on for a whole subscription.",
  },
  {
    check: "CKV_AZURE_166",
    says: "Ensure container image quarantine, scan, and mark images verified",
    resources: ["Registry sorted"],
    reason:
      "Quarantine needs the tier Premium, and a scanner that lets images out. The digest says which image runs.",
  },
  {
    check: "CKV_AZURE_233",
    says: "Ensure Azure Container Registry (ACR) is zone redundant",
    resources: ["Registry sorted"],
    reason:
      "Azure spreads registries of every tier over the zones by itself, whatever the property says ([Microsoft](https://learn.microsoft.com/azure/container-registry/zone-redundancy)).",
  },
  {
    check: "CKV_AZURE_135",
    says: "Ensure Application Gateway WAF prevents message lookup in Log4j2. See CVE-2021-44228 aka log4jshell",
    resources: ["WebApplicationFirewallPolicy sorted"],
    reason:
      "checkov knows the older OWASP rules only. The rules against Log4j are also in `Microsoft_DefaultRuleSet`, and are on.",
  },
];
