import { test } from "tap";
import { onlyProof } from "../../src/ingress/certificate.ts";

test("a certificate for one name is proved by one record", async (t) => {
  t.equal(onlyProof(["record"]), "record");
  t.throws(() => onlyProof([]), { message: "ACM names 0 records to prove one domain name by" });
  t.throws(() => onlyProof(["record", "another"]), { message: /^ACM names 2 records/ });
});
