/** What runs in the threads. */
import { parentPort, workerData } from "node:worker_threads";
import { Kernel } from "@sorted/core/kernel";
import { perform, type SortTask } from "./sort-task.ts";

const kernel = new Kernel(workerData);

parentPort?.on("message", (task: SortTask) => parentPort?.postMessage(perform(kernel, task)));
