import { test } from "tap";
import { licencesOf } from "../../container/licences.ts";

test("each package of the files is named once, with its licence", async (t) => {
  const modules = t.testdir({
    node_modules: {
      b: { "package.json": '{"name":"b","version":"2.0.0","license":"ISC"}', lib: {} },
      "@scope": {
        a: {
          "package.json": '{"name":"@scope/a","version":"1.0.0","license":"MIT"}',
          "LICENSE.md": "Do as you like.\n",
        },
      },
    },
  });
  const licences = licencesOf([
    "src/own.ts",
    `${modules}/node_modules/b/index.js`,
    `${modules}/node_modules/b/lib/more.js`,
    `${modules}/node_modules/@scope/a/index.js`,
  ]);
  t.equal(licences.match(/^b 2\.0\.0 \(ISC\)$/gm)?.length, 1);
  t.match(licences, /^@scope\/a 1\.0\.0 \(MIT\)\n\nDo as you like\.$/m);
});

test("a package without a licence stops the build", async (t) => {
  const modules = t.testdir({ node_modules: { c: { "package.json": '{"name":"c","version":"3.0.0"}' } } });
  t.throws(() => licencesOf([`${modules}/node_modules/c/index.js`]), {
    message: "c 3.0.0 does not say what its licence is",
  });
});
