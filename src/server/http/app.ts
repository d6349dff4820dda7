import cookie from "@fastify/cookie";
import helmet from "@fastify/helmet";
import rateLimit from "@fastify/rate-limit";
import { TongketError } from "#model";
import fastify from "fastify";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { originForeign } from "../errors.ts";
import { clientFiles } from "./client-files.ts";
import { whoIs } from "../visitor.ts";
import type { Clerk } from "./clerk.ts";
import { visitor } from "./clerk.ts";
import { copyRoutes } from "./copy-routes.ts";
import { fileRoutes } from "./file-routes.ts";
import { hostOf, isFromHere } from "./origin.ts";
import { peopleRoutes } from "./people-routes.ts";
import { answerProblem } from "./problem.ts";
import { reportRoutes } from "./report-routes.ts";
import { roundRoutes } from "./round-routes.ts";
import { sessionRoutes } from "./session-routes.ts";
import { wordRoutes } from "./word-routes.ts";

/** Requests a minute from one address: a whole hall may sit behind one. */
const REQUESTS_A_MINUTE = 20_000;

/** An HTTP server without routes yet, logging to standard error or elsewhere. Links are kept out of the log. */
export function bareApp(level: string, stream: { write(line: string): void } = process.stderr): FastifyInstance {
  return fastify({
    trustProxy: "loopback",
    logger: {
      level,
      stream,
      serializers: {
        req: ({ method, url }: { method: string; url: string }) => ({ method, url: url.replace(/^\/k\/.*/s, "/k/…") }),
      },
    },
    forceCloseConnections: true,
    requestTimeout: 120_000,
    routerOptions: { maxParamLength: 200 },
  });
}

/** Gives the app its routes and its guards. */
export async function furnishApp(app: FastifyInstance, clerk: Clerk, client: string): Promise<void> {
  const who = async (request: FastifyRequest): Promise<string[]> => {
    try {
      return whoIs(await visitor(clerk, request));
    } catch {
      return [];
    }
  };
  app.setErrorHandler((error, request, reply) => answerProblem(error, request, reply, () => who(request)));
  await app.register(cookie);
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        // Widgets place themselves by style attributes.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", "data:", "blob:"],
        fontSrc: ["'self'"],
        // Older Safari does not count a socket to the same host as 'self'.
        connectSrc: ["'self'", (request) => `ws://${hostOf(request)}`, (request) => `wss://${hostOf(request)}`],
        workerSrc: ["'self'"],
        manifestSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    // Many installations have no certificate; whoever has one says so in front of this server.
    strictTransportSecurity: false,
    // An address may be a link.
    referrerPolicy: { policy: "same-origin" },
  });
  await app.register(rateLimit, {
    max: REQUESTS_A_MINUTE,
    timeWindow: "1 minute",
    errorResponseBuilder: (_request, { ttl }) =>
      new TongketError("too-many-requests", { seconds: Math.ceil(ttl / 1000) }),
  });
  app.addHook("onRequest", async (request, reply) => {
    if (!/^(?:GET|HEAD|OPTIONS)$/.test(request.method) && !isFromHere(request.raw)) throw originForeign();
    if (request.url.startsWith("/api/")) void reply.header("cache-control", "no-store");
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/json", { parseAs: "string" }, (_request, text, done) => {
    if (text === "") return done(null, undefined);
    try {
      done(null, JSON.parse(String(text)));
    } catch (error) {
      done(Object.assign(error instanceof Error ? error : new Error(String(error)), { statusCode: 400 }));
    }
  });
  app.addContentTypeParser("*", { parseAs: "buffer" }, (_request, bytes, done) => done(null, bytes));

  sessionRoutes(app, clerk);
  reportRoutes(app, clerk);
  peopleRoutes(app, clerk);
  roundRoutes(app, clerk);
  fileRoutes(app, clerk);
  wordRoutes(app, clerk);
  copyRoutes(app, clerk);
  await clientFiles(app, client);
}
