/** A pause of a team or of all teams below a group: nothing new starts. */
export interface Pause {
  reason: string;
  /** Entity ref of who paused it. */
  by: string;
  /** When it ends by itself; `undefined`: when somebody ends it. */
  until?: Date;
}

/**
 * What is set for a group. What is absent is as by default.
 *
 * Of a group with groups below it, `running`, `openChanges` and `reviewMinutes` hold for the sum of its own tasks and
 * those of all teams below it, without a default; for its own tasks alone the defaults of teams hold.
 */
export interface GroupSettings {
  /** Own run slots of the team, which is what a cohort lends and borrows. */
  running?: number;
  /** Run slots that it may have beyond its own, from its cohort. Default: 0, so that it only lends. */
  borrow?: number;
  /** Teams of one cohort lend each other run slots that they do not use. */
  cohort?: string;
  openChanges?: number;
  reviewMinutes?: number;
  autoChanges?: number;
  launchesPerDay?: number;
  /** More than 0; twice the weight gets twice the share. Default: 1. */
  weight?: number;
  paused?: Pause;
}

/** All that limits are read from, at one moment. A value that is absent is no limit. */
export interface LimitSettings {
  /** The moment: pauses that ended before it hold nothing. */
  at: Date;
  portal: { running: number; pendingChecks?: number };
  /** Of each provider; `providers` holds for one of them instead. */
  provider?: { running?: number };
  providers?: ReadonlyMap<string, { running?: number }>;
  /** Of each service account; `accounts` holds for one of them instead. */
  account?: AccountSettings;
  accounts?: ReadonlyMap<string, AccountSettings>;
  repository?: { running?: number; openChanges?: number; autoChanges?: number };
  /** Of each team. */
  team?: Pick<
    GroupSettings,
    | 'running'
    | 'openChanges'
    | 'reviewMinutes'
    | 'autoChanges'
    | 'launchesPerDay'
  >;
  /** What is set for groups, by entity ref. */
  groups: ReadonlyMap<string, GroupSettings>;
  /** The groups above each team, the nearest first. A team that is not there has none. */
  ancestors: ReadonlyMap<string, readonly string[]>;
  /** By key of a limit: what it is for now, where that is less, as while a provider refuses starts. */
  lowered?: ReadonlyMap<string, number>;
}

/** Limits of a service account. */
export interface AccountSettings {
  running?: number;
  startsPerMinute?: number;
}

/** What the counters say. */
export interface LimitCounts {
  /** False: none of them can be trusted, and nothing may start. */
  known: boolean;
  /** By key of a limit; what is not named has none taken. */
  taken: ReadonlyMap<string, number>;
  /** The same of agents' changes that were opened elsewhere. */
  foreign?: ReadonlyMap<string, number>;
  /** Keys of single counters that cannot be trusted. */
  unknown?: ReadonlySet<string>;
}
