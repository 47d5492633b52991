import { test } from "tap";
import { configurations, record } from "./configurations.ts";

for (const [c, s] of Object.entries(configurations))
  for (const preview of [false, true])
    test(c, async (t) => {
      const { resources, outputs } = await record(s, preview);
      const counts: Record<string, number> = {};
      for (const { custom, type } of resources) if (custom) counts[type] = (counts[type] ?? 0) + 1;
      t.comment(JSON.stringify(counts, null, 1));
      t.comment(JSON.stringify(outputs, null, 1));
      t.ok(true);
    });
