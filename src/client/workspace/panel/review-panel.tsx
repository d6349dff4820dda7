import type { ReactElement } from "react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { threadState } from "#model";
import { TabPanel, Tabs } from "../../ui/tabs.tsx";
import { useWorkspace } from "../workspace.tsx";
import { Answering } from "./answering.ts";
import { CommentsTab } from "./comments-tab.tsx";
import { ResponsesTab } from "./responses-tab.tsx";
import styles from "./review-panel.module.css";
import { VersionsTab } from "./versions-tab.tsx";

type Tab = "comments" | "responses" | "versions";

/** What stands beside the text: the comments, the table of answers, the versions. */
export function ReviewPanel(): ReactElement {
  const { t } = useTranslation("workspace");
  const { report, activeThread, activation, composing, decisions, me, live } = useWorkspace();
  // What one may take back stays while one looks at another tab.
  const answering = useMemo(
    () => (decisions ? new Answering(decisions, me.id, () => live.clock.iso()) : null),
    [decisions, me.id, live],
  );
  const [tab, setTab] = useState<Tab>("comments");
  // A comment that is asked for, wherever, and one that is being written stand in the list of comments.
  const [followed, setFollowed] = useState({ activation, composing });
  if (followed.activation !== activation || followed.composing !== composing) {
    setFollowed({ activation, composing });
    if (activeThread !== null || composing !== null) setTab("comments");
  }
  const standing = report.threads.filter((thread) => threadState(thread) !== "withdrawn");
  const answered = standing.filter((thread) => thread.decision !== null).length;
  return (
    <Tabs<Tab>
      label={t("review.title")}
      value={tab}
      onChange={setTab}
      className={styles["tabs"] ?? ""}
      tabs={[
        { value: "comments", label: t("panel.comments"), count: standing.length },
        { value: "responses", label: t("panel.responses"), count: answered },
        { value: "versions", label: t("panel.versions"), count: report.versions.length },
      ]}
    >
      <TabPanel value="comments" className={styles["panel"] ?? ""}>
        <CommentsTab answering={answering} />
      </TabPanel>
      <TabPanel value="responses" className={styles["panel"] ?? ""}>
        <ResponsesTab />
      </TabPanel>
      <TabPanel value="versions" className={styles["panel"] ?? ""}>
        <VersionsTab />
      </TabPanel>
    </Tabs>
  );
}
