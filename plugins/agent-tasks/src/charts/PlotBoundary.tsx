import { Component, type ReactNode } from 'react';

/** Where the drawing cannot be loaded, such as after an upgrade, shows something else rather than taking the page down. */
export class PlotBoundary extends Component<
  { fallback: ReactNode; children: ReactNode },
  { hasFailed: boolean }
> {
  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  state = { hasFailed: false };

  render() {
    return this.state.hasFailed ? this.props.fallback : this.props.children;
  }
}
