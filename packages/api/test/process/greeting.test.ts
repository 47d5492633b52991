/** What a person sees who starts the service in a terminal. */
import { test } from "tap";
import { greeting, withTerminalDefaults } from "../../src/process/greeting.ts";

test("the greeting has an address that a browser can open", (t) => {
  for (const [address, url] of [
    ["127.0.0.1", "http://localhost:3000"],
    ["0.0.0.0", "http://localhost:3000"],
    ["::", "http://localhost:3000"],
    ["192.0.2.7", "http://192.0.2.7:3000"],
    ["2001:db8::7", "http://[2001:db8::7]:3000"],
  ] as const) {
    t.match(greeting({ address, port: 3000 }), `Sorted is running at ${url}\n`, address);
  }
  t.end();
});

test("the greeting names the reference, and says how to stop", (t) => {
  const text = greeting({ address: "127.0.0.1", port: 3001 });
  t.match(text, /http:\/\/localhost:3001\/docs/);
  t.match(text, /Stop it +Ctrl\+C/);
  t.end();
});

test("on a terminal the log has warnings and errors, unless a person asks for more", (t) => {
  t.strictSame(withTerminalDefaults({}, true), { LOG_LEVEL: "warn" });
  for (const environment of [{ LOG_LEVEL: "info" }, { LOG_REQUESTS: "true" }]) {
    t.strictSame(withTerminalDefaults(environment, true), environment);
  }
  t.strictSame(withTerminalDefaults({}, false), {}, "elsewhere the log is as it was");
  t.end();
});
