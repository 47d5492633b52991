/**
 * For `node --import`, before tests of programs: nothing may follow every promise. tap does, to say in which test a stray
 * error began, and Pulumi makes so many promises that this takes half of the processor time. A stray error still fails
 * its test file, with its stack.
 */
import asyncHooks, { type AsyncHook } from "node:async_hooks";
import { syncBuiltinESMExports } from "node:module";

const idle: AsyncHook = { enable: () => idle, disable: () => idle };
asyncHooks.createHook = () => idle;
syncBuiltinESMExports();
