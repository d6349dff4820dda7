import { once } from "node:events";
import { join, resolve } from "node:path";
import type { Command } from "../command.ts";
import { EXIT } from "../command.ts";
import { usageValueWrong } from "../errors.ts";
import { writeOut } from "../files.ts";
import { tell } from "../words.ts";

/** Starts the server, prints the chair's link, and runs until it is told to stop. */
export const serveCommand: Command = {
  name: "serve",
  summary: "summary.serve",
  operands: "none",
  options: [
    { name: "data", placeholder: "placeholder.dir", about: "option.data.serve" },
    { name: "port", placeholder: "placeholder.number", about: "option.port" },
    { name: "host", placeholder: "placeholder.address", about: "option.host" },
    { name: "empty", about: "option.empty" },
  ],
  async run(call) {
    const { language, streams, root } = call;
    const data = resolve(call.values.get("data") ?? "data");
    const host = call.values.get("host");
    // From here on a signal closes in order, also one that comes as soon as the link is read.
    const stopped = Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
    const { startServer } = await import("../serving.ts");
    const server = await startServer({
      root,
      data,
      port: portOf(call.values.get("port") ?? "8210"),
      client: join(root, "dist", "client"),
      sample: !call.flags.has("empty"),
      ...(host === undefined ? {} : { host }),
    });
    const lines = [
      tell(language, "serve.ready", { url: server.url }),
      tell(language, "serve.link", { link: server.chairLink }),
      tell(language, "serve.data", { data }),
    ];
    await writeOut(`${lines.join("\n")}\n`, streams);
    await stopped;
    await server.close();
    streams.messages.write(`${tell(language, "serve.stopped")}\n`);
    return EXIT.done;
  },
};

function portOf(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65535) throw usageValueWrong("--port", text, "0–65535");
  return port;
}
