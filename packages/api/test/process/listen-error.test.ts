/** What a person reads when the service can't listen, for failures that a test can't cause on a real machine. */
import { test } from "tap";
import { ListenError, toListenError } from "../../src/process/listen-error.ts";

const failure = (code: string) => Object.assign(new Error(`listen ${code}`), { code });

test("a port that needs a privilege is named, with what to do", (t) => {
  const error = toListenError(failure("EACCES"), { HOST: "127.0.0.1", PORT: 80 });
  t.match(error, { name: "ListenError", message: /may not listen on port 80\. Set PORT to 1024 or more/ });
  t.end();
});

test("the port that is proposed exists", (t) => {
  const error = toListenError(failure("EADDRINUSE"), { HOST: "127.0.0.1", PORT: 65_535 });
  t.match(error, { message: /PORT=65534 / });
  t.end();
});

test("any other error stays as it is, with its stack", (t) => {
  for (const error of [failure("EMFILE"), failure("toString"), new TypeError("a bug")]) {
    t.equal(toListenError(error, { HOST: "127.0.0.1", PORT: 3000 }), error);
    t.notOk(error instanceof ListenError);
  }
  t.end();
});
