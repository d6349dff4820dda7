import type { ComponentProps, ReactElement } from "react";
import { useMemo, useSyncExternalStore } from "react";
import type { Route } from "./route.ts";
import { parseRoute, routePath } from "./route.ts";

const MOVED = "tongket:moved";

function subscribe(listener: () => void): () => void {
  window.addEventListener("popstate", listener);
  window.addEventListener(MOVED, listener);
  return () => {
    window.removeEventListener("popstate", listener);
    window.removeEventListener(MOVED, listener);
  };
}

/** The page of the present address. */
export function useRoute(): Route {
  const address = useSyncExternalStore(subscribe, () => window.location.pathname + window.location.search);
  return useMemo(() => parseRoute(address), [address]);
}

/** Goes to a page; with `replace` the present address is not kept in the history. */
export function navigate(route: Route, options: { readonly replace?: boolean } = {}): void {
  const path = routePath(route);
  if (options.replace) window.history.replaceState(null, "", path);
  else window.history.pushState(null, "", path);
  window.dispatchEvent(new Event(MOVED));
}

/** A link to a page of the application. A plain click goes there without loading anew; other clicks are the browser's. */
export function Link({
  to,
  onClick,
  children,
  ...rest
}: Omit<ComponentProps<"a">, "href"> & { readonly to: Route }): ReactElement {
  return (
    <a
      {...rest}
      href={routePath(to)}
      onClick={(event) => {
        onClick?.(event);
        if (event.defaultPrevented || event.button !== 0) return;
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        navigate(to);
      }}
    >
      {children}
    </a>
  );
}
