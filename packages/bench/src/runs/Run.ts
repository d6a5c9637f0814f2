import { Workspace } from '../harness/Workspace';

/** What a run is given. */
export interface RunContext {
  /** Smaller, for tests: its figures are never quoted. */
  quick: boolean;
  /** The same seed makes the same random choices. */
  seed: number;
  /** A file that takes the place of a run's own trace. */
  trace?: string;
  workspace: Workspace;
  /** Tells people how it goes. */
  say(line: string): void;
}

/** What came out: the keys of the JSON line, and whether the goal is met. */
export interface RunOutcome {
  result: Record<string, unknown>;
  holds: boolean;
}

/** A benchmark or a drill. */
export interface Run {
  kind: 'bench' | 'drill';
  name: string;
  /** One line for the list. */
  summary: string;
  run(context: RunContext): Promise<RunOutcome>;
}
