import { existsSync } from "node:fs";
import { join, sep } from "node:path";
import fastifyStatic from "@fastify/static";
import { say, TongketError } from "#model";
import type { FastifyInstance } from "fastify";
import { answerProblem, languageOf } from "./problem.ts";

/**
 * Serves the built client from `folder`: files under `assets` bear their content's hash in the name and are kept for
 * ever, everything else is asked for again. Any other address that a page is asked of is the client's own affair.
 */
export async function clientFiles(app: FastifyInstance, folder: string): Promise<void> {
  const built = existsSync(join(folder, "index.html"));
  if (built) {
    await app.register(fastifyStatic, {
      root: folder,
      wildcard: false,
      cacheControl: false,
      setHeaders: (reply, path) => {
        const forEver = path.startsWith(join(folder, "assets") + sep);
        void reply.header("cache-control", forEver ? "public, max-age=31536000, immutable" : "no-cache");
      },
    });
  }
  app.setNotFoundHandler((request, reply) => {
    const asks = request.method === "GET" || request.method === "HEAD";
    // What looks like a file is one that is missing, not a page.
    const wantsPage = asks && !/^\/(?:api|k|collab)(?:[/?]|$)|\.\w+(?:\?|$)/.test(request.url);
    if (!wantsPage) return answerProblem(new TongketError("route-missing"), request, reply);
    if (built) return reply.sendFile("index.html");
    return reply
      .code(503)
      .type("text/plain; charset=utf-8")
      .send(say(languageOf(request), "error.client-missing"));
  });
}
