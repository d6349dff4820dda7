import type { ReactElement } from "react";
import { fillIn } from "#model";
import { Frame } from "../app/frame.tsx";
import { useOpenReport } from "../app/open-report.tsx";
import { PageHeading } from "../app/page-heading.tsx";
import { StateLine } from "../live/state-line.tsx";

/** The committee's page. */
export function WorkspacePage(): ReactElement {
  const { info, live } = useOpenReport();
  return (
    <Frame>
      <PageHeading>{info.fields["organisation"] ?? ""}</PageHeading>
      <p>{fillIn(info.template.subject, info.fields)}</p>
      <StateLine live={live} />
    </Frame>
  );
}
