import { writeFileSync } from "node:fs";
import { lintConfiguration } from "./walls.ts";

// `npm run walls`: writes .oxlintrc.json anew after the table of walls has changed.
writeFileSync(".oxlintrc.json", `${JSON.stringify(lintConfiguration(), null, 2)}\n`);
