/** `pnpm bench URL …` measures a service wherever it is, `pnpm bench …` this one beside its peers. */
const [first = ""] = process.argv.slice(2);
if (/[.:]|^localhost$/.test(first)) await import("./address/main.ts");
else await import("./main.ts");
