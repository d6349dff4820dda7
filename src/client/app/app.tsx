import { Tooltip } from "@base-ui/react/tooltip";
import type { ReactElement } from "react";
import { lazy, Suspense, useEffect } from "react";
import { AnnouncerProvider } from "../ui/announcer.tsx";
import { ToastProvider } from "../ui/toast.tsx";
import { FaultBoundary } from "./fault-boundary.tsx";
import { Frame } from "./frame.tsx";
import { failedPage, NotFoundPage, RefusedLinkPage, SignedOutPage, WaitingPage } from "./problem-page.tsx";
import { ReportPage } from "./report-page.tsx";
import { navigate, useRoute } from "./router.tsx";
import { isSignedOut, SessionProvider, useSession } from "./session.tsx";

// Apart, because a delegate's phone needs none of them.
const ReportsPage = lazy(async () => ({ default: (await import("../reports/reports-page.tsx")).ReportsPage }));
const CreateReportPage = lazy(async () => ({
  default: (await import("../reports/create-report-page.tsx")).CreateReportPage,
}));

function brokenPage(error: unknown): ReactElement {
  return failedPage(error, () => window.location.reload());
}

/** The whole application. */
export function App(): ReactElement {
  return (
    <Tooltip.Provider delay={500}>
      <AnnouncerProvider>
        <ToastProvider>
          <FaultBoundary failed={brokenPage}>
            <SessionProvider waiting={<WaitingPage />} failed={failedPage}>
              <Suspense fallback={<WaitingPage />}>
                <PageOfRoute />
              </Suspense>
            </SessionProvider>
          </FaultBoundary>
        </ToastProvider>
      </AnnouncerProvider>
    </Tooltip.Provider>
  );
}

function PageOfRoute(): ReactElement {
  const route = useRoute();
  const { session } = useSession();
  // Whoever takes part in one report only has no list to look at.
  const [only, ...others] = session.memberships;
  const home = !session.chair && only !== undefined && others.length === 0 ? only.report : null;
  useEffect(() => {
    if (route.page === "reports" && home !== null) navigate({ page: "report", report: home }, { replace: true });
  }, [route.page, home]);

  if (route.page === "link-refused") return <RefusedLinkPage why={route.why} signedIn={!isSignedOut(session)} />;
  if (isSignedOut(session)) return <SignedOutPage />;
  switch (route.page) {
    case "report":
    case "people":
      return <ReportPage report={route.report} section={route.page} />;
    case "new-report":
      return session.chair ? (
        <Frame>
          <CreateReportPage />
        </Frame>
      ) : (
        <NotFoundPage />
      );
    case "reports":
      return home === null ? (
        <Frame>
          <ReportsPage />
        </Frame>
      ) : (
        <WaitingPage />
      );
    case "not-found":
      return <NotFoundPage />;
  }
}
