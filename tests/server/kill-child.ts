import { startServer } from "#server";

/** A server in a process of its own, to be killed: says where it is and waits. */
const [root = "", data = ""] = process.argv.slice(2);
const server = await startServer({ root, data, port: 0, host: "127.0.0.1", client: "", sample: false, log: "error" });
process.stdout.write(`${JSON.stringify({ url: server.url, port: server.port, chairLink: server.chairLink })}\n`);
