/** The code that runs in the threads. */
import { parentPort, workerData } from "node:worker_threads";
import { KernelInstance } from "@sorted/core/kernel";
import { performTask, type Task } from "./task.ts";

const kernel = new KernelInstance(workerData);

parentPort?.on("message", (task: Task) => parentPort?.postMessage(performTask(kernel, task)));
