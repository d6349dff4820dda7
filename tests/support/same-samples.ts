import * as fc from "fast-check";

// A build machine judges a change, so it draws the same samples each time; at a desk every run draws new ones.
if (process.env["CI"] !== undefined) fc.configureGlobal({ seed: 20_261_122 });
