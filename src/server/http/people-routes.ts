import type { Person } from "#model";
import type { FreshLink, PersonRow } from "#protocol";
import { inviteRequest } from "#protocol";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { personMissing } from "../errors.ts";
import { commentCounts } from "../reports/report-room.ts";
import { newId, now } from "../tokens.ts";
import type { Member } from "../visitor.ts";
import { makeLinks } from "../visitor.ts";
import type { Clerk } from "./clerk.ts";
import { body, member, parameter } from "./clerk.ts";

/** Who takes part in a report, and their links. */
export function peopleRoutes(app: FastifyInstance, clerk: Clerk): void {
  const { office } = clerk;
  const { storage, live } = office;

  async function freshLinks(request: FastifyRequest, report: string, people: readonly Person[]): Promise<FreshLink[]> {
    const tokens = await makeLinks(
      storage,
      report,
      people.map((person) => person.id),
    );
    const base = clerk.linkBase(request);
    return people.map((person, index) => ({ person, url: `${base}/k/${tokens[index] ?? ""}` }));
  }

  async function invited(request: FastifyRequest): Promise<{ host: Member; person: Person }> {
    const host = await member(clerk, request, "invite");
    const id = parameter(request, "person");
    const person = (await storage.reports.people(host.report.id)).find((known) => known.id === id);
    if (!person) throw personMissing(id);
    return { host, person };
  }

  async function revoke(report: string, person: string): Promise<void> {
    live.kick(report, person, await storage.access.revoke(report, person, now()));
    live.announce(report);
  }

  app.route({
    method: "GET",
    url: "/api/reports/:report/people",
    handler: async (request): Promise<PersonRow[]> => {
      const { report } = await member(clerk, request, "invite");
      const links = (await storage.access.links(report.id)).filter((link) => link.revokedAt === null);
      const counts = await commentCounts(office, report.id);
      return (await storage.reports.people(report.id)).map((person) => {
        const link = links.findLast((known) => known.person === person.id);
        return {
          person,
          link: link ? { id: link.id, createdAt: link.createdAt, openedAt: link.openedAt } : null,
          comments: counts.get(person.id) ?? 0,
        };
      });
    },
  });

  app.post("/api/reports/:report/people", async (request, reply) => {
    const { report } = await member(clerk, request, "invite");
    const people = body(inviteRequest, request).people.map(({ role, name, unit }): Person => ({
      id: newId(),
      name: name.normalize("NFC"),
      unit: unit.normalize("NFC"),
      role,
    }));
    await storage.reports.putPeople(report.id, people);
    live.desks.forget(report.id);
    live.announce(report.id);
    return reply.code(201).send(await freshLinks(request, report.id, people));
  });

  app.post("/api/reports/:report/people/:person/link", async (request, reply) => {
    const { host, person } = await invited(request);
    await revoke(host.report.id, person.id);
    const [link] = await freshLinks(request, host.report.id, [person]);
    return reply.code(201).send(link);
  });

  app.delete("/api/reports/:report/people/:person/link", async (request, reply) => {
    const { host, person } = await invited(request);
    await revoke(host.report.id, person.id);
    return reply.code(204).send();
  });
}
