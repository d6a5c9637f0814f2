import { Transaction } from '../database/connect';
import { LimitSettings } from '../policy/limits';
import { LimitSettingsReader } from '../teams/LimitSettingsReader';

/** The limits as they are at one moment, and what counts beside the tasks. */
export interface CurrentLimits {
  settings: LimitSettings;
  /** Slots that agents' changes take that were opened elsewhere, by key of a limit. */
  foreign: ReadonlyMap<string, number>;
  /** Starts of each account in the last minute, by key of a limit. */
  starts: ReadonlyMap<string, number>;
}

/** Reads the limits that hold now: what is configured, what was set in the portal, what backpressure leaves of it. */
export interface LimitReader {
  read(at: Date, tx?: Transaction): Promise<CurrentLimits>;
}

/** What holds for teams, and what backpressure leaves of it. */
export class DefaultLimitReader implements LimitReader {
  readonly #teams: LimitSettingsReader;

  private constructor(options: { teams: LimitSettingsReader }) {
    this.#teams = options.teams;
  }

  static create(options: { teams: LimitSettingsReader }): DefaultLimitReader {
    return new DefaultLimitReader(options);
  }

  async read(at: Date, tx?: Transaction): Promise<CurrentLimits> {
    const { settings, foreign } = await this.#teams.read({ at, tx });
    return { settings, foreign, starts: new Map() };
  }
}
