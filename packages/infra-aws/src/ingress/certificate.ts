/** A domain name: its certificate, proved by DNS, and the records that lead to the load balancer. */
import { Certificate, CertificateValidation } from "@pulumi/aws/acm/index.js";
import type { LoadBalancer } from "@pulumi/aws/lb/index.js";
import { Record as DnsRecord } from "@pulumi/aws/route53/index.js";
import * as pulumi from "@pulumi/pulumi";

export interface Domain {
  readonly domainName: string;
  /** The zone in Route 53 that holds the name. */
  readonly hostedZoneId: string;
}

/** A certificate that ACM renews by itself, as long as its record stays. */
export class DomainCertificate extends pulumi.ComponentResource {
  /** Known once the certificate is valid. */
  readonly arn: pulumi.Output<string>;

  constructor(name: string, { domainName, hostedZoneId }: Domain, options?: pulumi.ComponentResourceOptions) {
    super("sorted:aws:DomainCertificate", name, {}, options);
    const certificate = new Certificate(name, { domainName, validationMethod: "DNS" }, { parent: this });
    const proof = certificate.domainValidationOptions.apply(onlyProof);
    const record = new DnsRecord(
      `${name}-proof`,
      {
        zoneId: hostedZoneId,
        name: proof.resourceRecordName,
        type: proof.resourceRecordType,
        records: [proof.resourceRecordValue],
        ttl: 300,
      },
      { parent: this },
    );
    const valid = new CertificateValidation(
      name,
      { certificateArn: certificate.arn, validationRecordFqdns: [record.fqdn] },
      { parent: this },
    );
    this.arn = valid.certificateArn;
    this.registerOutputs({ arn: this.arn });
  }
}

/** Declares the name as aliases of the load balancer, whose addresses change: A for IPv4, AAAA for IPv6. */
export function aliasRecords(
  name: string,
  args: Domain & { readonly balancer: LoadBalancer; readonly types: readonly ("A" | "AAAA")[] },
  parent: pulumi.Resource,
): void {
  for (const type of args.types) {
    new DnsRecord(
      `${name}-${type.toLowerCase()}`,
      {
        zoneId: args.hostedZoneId,
        name: args.domainName,
        type,
        aliases: [{ name: args.balancer.dnsName, zoneId: args.balancer.zoneId, evaluateTargetHealth: true }],
      },
      { parent },
    );
  }
}

/** The record that proves a certificate's only name. */
export function onlyProof<T>(options: readonly T[]): T {
  const [proof, ...others] = options;
  if (proof && others.length === 0) return proof;
  throw new Error(`ACM names ${options.length} records to prove one domain name by`);
}
