import { test } from "tap";
import { importTests } from "../src/import-tests.ts";

test("the test files load", () => importTests(import.meta.dirname));
