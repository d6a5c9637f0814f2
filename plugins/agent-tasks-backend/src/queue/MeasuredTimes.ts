import { MeasuredTime } from '../policy/forecast';

/** How long things took lately. */
export interface Measurements {
  /** From the start of the agent to the end of its work, by name of the template. */
  runOfTemplate: ReadonlyMap<string, MeasuredTime>;
  /**
   * How long run slots of a template were held, from admission to the end of the agent's work: its own where there are
   * enough, else those of the whole portal. `undefined`: no run has ended yet.
   */
  runSlotOf(template: string): MeasuredTime | undefined;
  /** How long run slots of the whole portal were held. */
  runSlot: MeasuredTime | undefined;
  /**
   * From the end of the agent's work until its change was merged or closed: of a team's changes where there are enough,
   * else of the whole portal's. `undefined`: no change has settled yet.
   */
  reviewOf(team: string): MeasuredTime | undefined;
}

/** Tells how long runs and reviews take. */
export interface MeasuredTimes {
  read(): Promise<Measurements>;

  /**
   * Measures what has ended.
   *
   * @param options.runs - tasks whose agent has ended its work
   * @param options.reviews - tasks whose change was merged or closed
   */
  measure(options: {
    runs: readonly string[];
    reviews: readonly string[];
  }): Promise<void>;
}
