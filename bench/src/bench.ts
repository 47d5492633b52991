/** `pnpm bench URL …` measures any service, `pnpm bench …` this one next to its peers. */
const [first = ""] = process.argv.slice(2);
if (/[.:]|^localhost$/.test(first)) await import("./address/main.ts");
else await import("./main.ts");
