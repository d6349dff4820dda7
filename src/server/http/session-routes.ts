import type { Session } from "#protocol";
import { chairRequest } from "#protocol";
import type { FastifyInstance } from "fastify";
import { chairName, renameChair } from "../chair.ts";
import { demandChair, isChair, memberOf, visitorOf } from "../visitor.ts";
import { hashToken, newToken, now } from "../tokens.ts";
import type { Clerk } from "./clerk.ts";
import { body, visitor } from "./clerk.ts";

/** How long a browser keeps its session: the longest that browsers allow. Links are revoked, sessions just fade. */
const SESSION_SECONDS = 400 * 24 * 3600;

/** Opening a link, and who one is then. */
export function sessionRoutes(app: FastifyInstance, clerk: Clerk): void {
  const { storage, live } = clerk.office;

  app.get<{ Params: { token: string } }>("/k/:token", async (request, reply) => {
    void reply.header("cache-control", "no-store");
    const link = await storage.access.linkOf(hashToken(request.params.token));
    if (!link || link.revokedAt !== null) {
      return reply.redirect(`/?link=${link ? "revoked" : "unknown"}`, 303);
    }
    const known = request.cookies[clerk.cookie];
    const kept = known !== undefined && (await visitorOf(storage, known)) !== null;
    const token = kept ? known : newToken();
    await storage.access.open(hashToken(token), link.id, now());
    void reply.setCookie(clerk.cookie, token, {
      path: "/",
      httpOnly: true,
      sameSite: "lax",
      secure: request.protocol === "https",
      maxAge: SESSION_SECONDS,
    });
    return reply.redirect(link.report === null ? "/" : `/r/${link.report}`, 303);
  });

  app.route({
    method: "GET",
    url: "/api/session",
    handler: async (request): Promise<Session> => {
      const here = await visitor(clerk, request);
      if (!here) return { chair: false, chairName: "", memberships: [] };
      const reports = new Set(here.links.flatMap((link) => link.report ?? []));
      const memberships = [];
      for (const report of reports) {
        const found = await memberOf(storage, here, report).catch(() => null);
        if (found) memberships.push({ report, person: found.me });
      }
      const chair = isChair(here);
      return { chair, chairName: chair ? await chairName(storage) : "", memberships };
    },
  });

  app.delete("/api/session", async (request, reply) => {
    const token = request.cookies[clerk.cookie];
    if (token !== undefined) {
      const session = hashToken(token);
      await storage.access.endSession(session);
      live.signOut(session);
    }
    return reply.clearCookie(clerk.cookie, { path: "/" }).code(204).send();
  });

  app.patch("/api/chair", async (request, reply) => {
    demandChair(await visitor(clerk, request));
    await renameChair(clerk.office, body(chairRequest, request).name);
    return reply.code(204).send();
  });

  app.get("/api/health", () => ({ ok: true }));
}
