import { importTests } from "@sorted/infra-check/import-tests";
import { test } from "tap";

test("the test files load", () => importTests(import.meta.dirname));
