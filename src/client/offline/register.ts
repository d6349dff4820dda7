/** How long after the page has loaded its files are listed: parts and fonts still come in meanwhile. */
const SETTLING = 3_000;

/**
 * Has the application's files kept by the service worker, so that it opens without a network from the next time on.
 * Does nothing in a browser without service workers or on a page without a secure origin: there it needs the network.
 */
export async function openOffline(): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  try {
    await navigator.serviceWorker.register("/sw.js");
    const { active } = await navigator.serviceWorker.ready;
    setTimeout(() => active?.postMessage({ keep: filesOfThisPage() }, []), SETTLING);
  } catch {
    // Refused by the browser's settings.
  }
}

function filesOfThisPage(): string[] {
  return performance.getEntriesByType("resource").map((entry) => entry.name);
}
