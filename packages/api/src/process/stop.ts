/** How processes are told to stop. */

/** The signals that stop the service. */
export const STOP_SIGNALS = ["SIGHUP", "SIGINT", "SIGQUIT", "SIGTERM"] as const;

/** The message with which the primary process tells a worker to stop. */
export const STOP = "stop";
