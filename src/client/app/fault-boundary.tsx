import type { ReactNode } from "react";
import { Component } from "react";

interface Fault {
  readonly error: unknown;
}

/**
 * Draws `failed` where something inside could not be drawn: a mistake of ours, or a part of the page that could not be
 * loaded because a new version was installed meanwhile. What was typed is safe on the device.
 */
export class FaultBoundary extends Component<
  { readonly failed: (error: unknown) => ReactNode; readonly children: ReactNode },
  { readonly fault: Fault | null }
> {
  override readonly state: { readonly fault: Fault | null } = { fault: null };

  static getDerivedStateFromError(error: unknown): { fault: Fault } {
    return { fault: { error } };
  }

  override render(): ReactNode {
    const { fault } = this.state;
    return fault ? this.props.failed(fault.error) : this.props.children;
  }
}
