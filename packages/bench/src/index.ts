/**
 * Benchmarks and failure drills of Agent Tasks.
 *
 * @packageDocumentation
 */
export { runs } from './runs';
export type { Run, RunContext, RunOutcome } from './runs/Run';
