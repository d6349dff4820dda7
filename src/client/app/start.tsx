import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { startLanguage } from "../language/i18n.ts";
import { App } from "./app.tsx";

/** Draws the application in `mount` and keeps it there. The caller has loaded the style sheets. */
export async function startClient(mount: HTMLElement): Promise<void> {
  await startLanguage();
  createRoot(mount).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
