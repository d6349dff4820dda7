import type { ReactElement } from "react";
import { lazy, Suspense } from "react";
import type { Role } from "#model";
import { may } from "#protocol";
import { useEnding } from "../live/use-live.ts";
import { Frame } from "./frame.tsx";
import { OpenReportProvider, useOpenReport } from "./open-report.tsx";
import { failedPage, NotFoundPage, RevokedPage, SignedOutPage, WaitingPage } from "./problem-page.tsx";

// Apart, because a phone need not fetch the editor and a laptop need not fetch the phone's page.
const WorkspacePage = lazy(async () => ({ default: (await import("../workspace/workspace-page.tsx")).WorkspacePage }));
const DelegatePage = lazy(async () => ({ default: (await import("../delegate/delegate-page.tsx")).DelegatePage }));

const PeoplePage = lazy(async () => ({ default: (await import("../people/people-page.tsx")).PeoplePage }));

/** Everything under `/r/:report`: connects, and shows the page that is this person's. */
export function ReportPage({
  report,
  section,
}: {
  readonly report: string;
  readonly section: "report" | "people";
}): ReactElement {
  return (
    <OpenReportProvider key={report} report={report} waiting={<WaitingPage />} failed={failedPage}>
      <PageOfRole section={section} />
    </OpenReportProvider>
  );
}

function pageOf(role: Role, section: "report" | "people"): ReactElement {
  if (section === "people" && may(role, "invite")) {
    return (
      <Frame>
        <PeoplePage />
      </Frame>
    );
  }
  return role === "delegate" ? <DelegatePage /> : <WorkspacePage />;
}

function PageOfRole({ section }: { readonly section: "report" | "people" }): ReactElement {
  const { info, live } = useOpenReport();
  const ending = useEnding(live);
  if (ending === "signed-out") return <SignedOutPage />;
  if (ending === "revoked") return <RevokedPage report={info.id} unsent={live.unsent} />;
  if (ending === "gone") return <NotFoundPage report />;
  return <Suspense fallback={<WaitingPage />}>{pageOf(info.me.role, section)}</Suspense>;
}
