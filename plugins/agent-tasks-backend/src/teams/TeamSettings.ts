/** The limits of a team that are numbers, in the order in which they are shown. */
export const teamNumbers = [
  'running',
  'borrow',
  'openChanges',
  'reviewMinutes',
  'autoChanges',
  'launchesPerDay',
  'weight',
] as const;

/** The name of a limit that is a number. */
export type TeamNumber = (typeof teamNumbers)[number];

/** The name of anything that can be set for a team. */
export type TeamSettingName = TeamNumber | 'cohort';

/** All that can be set for a team, in the order in which it is shown. */
export const teamSettingNames: readonly TeamSettingName[] = [
  ...teamNumbers,
  'cohort',
];

/** Numbers that hold for the sum of the teams below a group. */
export const groupNumbers = [
  'running',
  'openChanges',
  'reviewMinutes',
] as const satisfies readonly TeamNumber[];

/**
 * Values of limits. `running` are the own run slots, `borrow` how many more the team may have from its cohort,
 * `reviewMinutes` the estimated minutes of all reviews under way, `launchesPerDay` tasks a day of UTC.
 */
export type TeamValues = { [name in TeamNumber]?: number } & {
  cohort?: string;
};

/** Who set a value, and when. */
export interface SettingOrigin {
  by: string;
  /** ISO 8601. */
  at: string;
}

/** Why nothing of a team is admitted. */
export interface TeamPauseState {
  reason: string;
  by: string;
  at: Date;
  /** When it ends by itself. */
  until?: Date;
  /** Whoever may only lower limits may not end it. */
  byManager: boolean;
}

/** What is stored of a team. */
export interface StoredTeamLimits {
  team: string;
  values: TeamValues;
  origins: { [name in TeamSettingName]?: SettingOrigin };
  pause?: TeamPauseState;
  /** Grows by one with every change. */
  version: number;
  updatedBy: string;
  updatedAt: Date;
}

/** The limits of teams for which nothing was set, from the configuration. */
export type TeamDefaults = { [name in TeamNumber]?: number };

/** Defaults that are no matter of configuration: equal shares, and nothing is borrowed. */
const fixedDefaults: TeamDefaults = { borrow: 0, weight: 1 };

/**
 * The values in force for a group, and what they go back to: for a team what was set, else the default; for a group that
 * has groups below it, what was set for their sum, and by default nothing.
 */
export function valuesInForce(options: {
  defaults: TeamDefaults;
  values?: TeamValues;
  isParent: boolean;
}): { inForce: TeamValues; defaults: TeamDefaults } {
  const { values = {}, isParent } = options;
  if (isParent) {
    const own = Object.fromEntries(
      groupNumbers.map(name => [name, values[name]]),
    );
    return { inForce: defined(own), defaults: {} };
  }
  const defaults = defined({
    ...fixedDefaults,
    ...Object.fromEntries(
      teamNumbers
        .filter(name => options.defaults[name] !== undefined)
        .map(name => [name, options.defaults[name]]),
    ),
  });
  return { inForce: { ...defaults, ...defined(values) }, defaults };
}

/** Whether a pause is on. */
export function isPaused(
  pause: TeamPauseState | undefined,
  now: Date,
): pause is TeamPauseState {
  return pause !== undefined && !(pause.until && pause.until <= now);
}

function defined<T extends object>(values: T): T {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined),
  ) as T;
}
