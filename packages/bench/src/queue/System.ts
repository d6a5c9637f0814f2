/** Something that runs jobs or tasks, and is measured doing it. */
export interface System {
  /** Has it run so many that do nothing. Returns how many it finished per second. */
  round(count: number): Promise<number>;
  stop(): Promise<void>;
}
