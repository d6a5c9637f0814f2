import { LineKey } from './queueLines';
import { SlotCounts } from './TaskStore';

/** What lines of several repositories have in common. */
export type LineGroup = Omit<LineKey, 'repository'>;

/** Reads the lines of the queue for those who look at it: never a task, and of repositories only those asked for. */
export interface QueueLineReader {
  /** The queued tasks without those that a brake on a template or campaign holds, whatever their repository. */
  summarize(): Promise<(LineGroup & { queued: number })[]>;

  /**
   * The lines of some teams.
   *
   * @returns `taken`: the counters of their repositories, by key of a limit
   */
  read(options: { teams: readonly string[]; at: Date }): Promise<{
    lines: (LineKey & { queued: number })[];
    taken: ReadonlyMap<string, number>;
  }>;

  /** How many slots are taken; of repositories only those named. */
  readCounts(options: {
    at: Date;
    repositories: readonly string[];
  }): Promise<SlotCounts>;
}
