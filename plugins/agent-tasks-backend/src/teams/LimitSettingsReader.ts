import { AgentTasksConfig } from '../config';
import { Transaction } from '../database/connect';
import { GroupSettings, LimitSettings } from '../policy/limits';
import { ForeignChangeStore } from './ForeignChangeStore';
import { TeamGroup, TeamGroupStore } from './TeamGroupStore';
import { LimitVersionStore, TeamLimitStore } from './TeamLimitStore';
import { isPaused, StoredTeamLimits } from './TeamSettings';

/** All that limits of teams are made of, at one moment. */
export interface TeamLimitState {
  /** What `policy/limits` decides from. The same object for as long as nothing has changed. */
  settings: LimitSettings;
  /**
   * What agents opened elsewhere, for `LimitCounts.foreign`, by keys of limits: `changes team X`,
   * `changes repository Y`, `minutes team X`.
   */
  foreign: ReadonlyMap<string, number>;
  /** The groups that have tasks or limits, and those above them. */
  known: ReadonlyMap<string, TeamGroup>;
  stored: ReadonlyMap<string, StoredTeamLimits>;
  /** Groups that are above others. */
  parents: ReadonlySet<string>;
}

/** The limits that the configuration sets. */
export type LimitsOfConfig = Omit<LimitSettings, 'at' | 'groups' | 'ancestors'>;

export function limitsOfConfig(
  limits: AgentTasksConfig['limits'],
): LimitsOfConfig {
  return {
    portal: { running: limits.running, pendingChecks: limits.pendingChecks },
    provider: limits.provider,
    account: limits.account,
    repository: limits.repository,
    team: limits.team,
  };
}

/**
 * Reads the limits of teams: the defaults of the configuration, what was set in the portal, where groups stand, and what
 * agents opened elsewhere.
 *
 * @remarks
 *
 * A read costs one row. What it stands for is read again only where that row has changed, and it changes in the
 * transaction of every change: what one replica stored holds for the next read of all.
 */
export class LimitSettingsReader {
  readonly #options: LimitSettingsReaderOptions;
  #cached?: { version: number; freshUntil: number; state: TeamLimitState };

  private constructor(options: LimitSettingsReaderOptions) {
    this.#options = options;
  }

  static create(options: LimitSettingsReaderOptions): LimitSettingsReader {
    return new LimitSettingsReader(options);
  }

  /**
   * @param options.at - pauses that have ended by then are off
   * @param options.tx - the transaction in which a decision is made
   */
  async read(options: { at: Date; tx?: Transaction }): Promise<TeamLimitState> {
    const { at, tx } = options;
    // Before the rest: what is read after it is at least as new, and a newer version has it read again.
    const version = await this.#options.version.read(tx);
    const cached = this.#cached;
    if (cached?.version === version && at.getTime() < cached.freshUntil) {
      return cached.state;
    }
    const state = await this.#load(at, tx);
    this.#cached = { version, freshUntil: nextEnd(state.stored, at), state };
    return state;
  }

  async #load(at: Date, tx?: Transaction): Promise<TeamLimitState> {
    const { groups, limits, foreign, config } = this.#options;
    // One after the other: a transaction has one connection.
    const known = new Map(
      (await groups.list(tx)).map(group => [group.ref, group]),
    );
    const stored = new Map((await limits.list(tx)).map(one => [one.team, one]));
    const settings: LimitSettings = {
      ...config,
      at,
      groups: new Map(
        [...stored].map(([team, one]) => [team, toGroupSettings(one, at)]),
      ),
      ancestors: new Map(
        [...known].map(([ref, group]) => [ref, group.ancestors]),
      ),
    };
    return {
      settings,
      foreign: await foreign.count(tx),
      known,
      stored,
      parents: new Set([...known.values()].flatMap(group => group.ancestors)),
    };
  }
}

function toGroupSettings(stored: StoredTeamLimits, at: Date): GroupSettings {
  const { values, pause } = stored;
  return {
    ...values,
    ...(isPaused(pause, at) && {
      paused: { reason: pause.reason, by: pause.by, until: pause.until },
    }),
  };
}

/** When the first pause ends, in milliseconds since 1970. */
function nextEnd(
  stored: ReadonlyMap<string, StoredTeamLimits>,
  at: Date,
): number {
  return Math.min(
    ...[...stored.values()].map(({ pause }) =>
      isPaused(pause, at) && pause.until ? pause.until.getTime() : Infinity,
    ),
    Infinity,
  );
}

export interface LimitSettingsReaderOptions {
  groups: TeamGroupStore;
  limits: TeamLimitStore;
  foreign: ForeignChangeStore;
  version: LimitVersionStore;
  config: LimitsOfConfig;
}
