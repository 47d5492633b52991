/** Sorts a file of numbers as doubles: `duckdb.ts INPUT OUTPUT MEBIBYTES`. */
import { dirname } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";

const [input = "", output = "", mebibytes] = process.argv.slice(2);
const database = await DuckDBInstance.create(":memory:", {
  memory_limit: `${mebibytes}MiB`,
  temp_directory: dirname(output),
  preserve_insertion_order: "false",
  threads: "2",
});
const connection = await database.connect();
await connection.run(`
  COPY (
    SELECT number FROM read_csv('${input}', header = false, columns = { number: 'DOUBLE' }, delim = '\\t') ORDER BY number
  ) TO '${output}' (FORMAT csv, HEADER false)`);
