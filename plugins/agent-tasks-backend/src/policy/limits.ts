import { TeamShare } from './admit';
import {
  GroupSettings,
  LimitCounts,
  LimitSettings,
  Pause,
} from './LimitSettings';
import { limitKey, LimitId, parseLimitKey } from './slots';

export type {
  AccountSettings,
  GroupSettings,
  LimitCounts,
  LimitSettings,
  Pause,
} from './LimitSettings';

/** What follows from settings and is looked up for each task. */
interface SettingsIndex {
  /** The teams below each group. */
  below: Map<string, string[]>;
  cohorts: Map<string, { teams: string[]; nominal: number }>;
  settingsOfTeam: Map<string, GroupSettings>;
  limits: Map<string, ResolvedLimit>;
}

export interface ResolvedLimit {
  max: number | undefined;
  /** Keys of the counters whose sum is what is taken. */
  counters: readonly string[];
}

/** Settings are values: what follows from them is reckoned once. */
const indexes = new WeakMap<LimitSettings, SettingsIndex>();

function indexOf(settings: LimitSettings): SettingsIndex {
  const known = indexes.get(settings);
  if (known) {
    return known;
  }
  const below: SettingsIndex['below'] = new Map();
  for (const [team, ancestors] of settings.ancestors) {
    for (const group of new Set(ancestors)) {
      if (group !== team) {
        const teams = below.get(group) ?? [];
        teams.push(team);
        below.set(group, teams);
      }
    }
  }
  const cohorts: SettingsIndex['cohorts'] = new Map();
  for (const [team, { cohort }] of settings.groups) {
    if (cohort !== undefined && !below.has(team)) {
      const members = cohorts.get(cohort) ?? { teams: [], nominal: 0 };
      members.teams.push(team);
      members.nominal +=
        settings.groups.get(team)?.running ?? settings.team?.running ?? 0;
      cohorts.set(cohort, members);
    }
  }
  const index = {
    below,
    cohorts,
    settingsOfTeam: new Map(),
    limits: new Map(),
  };
  indexes.set(settings, index);
  return index;
}

/** What is set for a team's own tasks. */
function ownSettings(team: string, settings: LimitSettings): GroupSettings {
  const { below, settingsOfTeam } = indexOf(settings);
  const known = settingsOfTeam.get(team);
  if (known) {
    return known;
  }
  const own = below.has(team) ? undefined : settings.groups.get(team);
  // A value that is there and undefined must not take a default away.
  const set = Object.entries(own ?? {}).filter(
    ([, value]) => value !== undefined,
  );
  const found = { ...settings.team, ...Object.fromEntries(set) };
  settingsOfTeam.set(team, found);
  return found;
}

function maxRunning(
  { scope, subject }: LimitId,
  settings: LimitSettings,
): number | undefined {
  const group = settings.groups.get(subject);
  const { cohorts, below } = indexOf(settings);
  switch (scope) {
    case 'portal':
      return settings.portal.running;
    case 'provider':
      return (
        settings.providers?.get(subject)?.running ?? settings.provider?.running
      );
    case 'account':
      return (
        settings.accounts?.get(subject)?.running ?? settings.account?.running
      );
    case 'repository':
      return settings.repository?.running;
    case 'cohort':
      return cohorts.get(subject)?.nominal;
    case 'group':
      if (!below.has(subject)) {
        return undefined;
      }
      return isPaused(group, settings) ? 0 : group?.running;
    case 'team': {
      if (isPaused(group, settings)) {
        return 0;
      }
      const { running, cohort, borrow = 0 } = ownSettings(subject, settings);
      return running === undefined || cohort === undefined
        ? running
        : running + borrow;
    }
    default:
      return undefined;
  }
}

/** The names of the settings that limit a kind for teams. */
const teamSettingOf = {
  changes: 'openChanges',
  minutes: 'reviewMinutes',
  auto: 'autoChanges',
  day: 'launchesPerDay',
} as const;

function maxOfChanges(
  kind: keyof typeof teamSettingOf,
  { scope, subject }: LimitId,
  settings: LimitSettings,
): number | undefined {
  const name = teamSettingOf[kind];
  switch (scope) {
    case 'repository':
      return name === 'openChanges' || name === 'autoChanges'
        ? settings.repository?.[name]
        : undefined;
    case 'team':
      return ownSettings(subject, settings)[name];
    case 'group':
      return (name === 'openChanges' || name === 'reviewMinutes') &&
        indexOf(settings).below.has(subject)
        ? settings.groups.get(subject)?.[name]
        : undefined;
    default:
      return undefined;
  }
}

function maxWithoutLowering(
  id: LimitId,
  settings: LimitSettings,
): number | undefined {
  switch (id.kind) {
    case 'running':
      return maxRunning(id, settings);
    case 'checks':
      return id.scope === 'portal' ? settings.portal.pendingChecks : undefined;
    case 'starts':
      return id.scope === 'account'
        ? (settings.accounts?.get(id.subject)?.startsPerMinute ??
            settings.account?.startsPerMinute)
        : undefined;
    case 'queued':
      return undefined;
    default:
      return maxOfChanges(id.kind, id, settings);
  }
}

/** The groups whose limits hold for a team beside its own, the nearest first. */
export function groupsOver(team: string, settings: LimitSettings): string[] {
  const own = indexOf(settings).below.has(team) ? [team] : [];
  return [...new Set([...own, ...(settings.ancestors.get(team) ?? [])])];
}

/** The cohort of a team; `undefined`: it has none. */
export function cohortOf(
  team: string,
  settings: LimitSettings,
): string | undefined {
  return ownSettings(team, settings).cohort;
}

/** A limit as it is set; the same object as long as the settings are. */
export function resolveLimit(
  key: string,
  settings: LimitSettings,
): ResolvedLimit {
  const { below, cohorts, limits } = indexOf(settings);
  const known = limits.get(key);
  if (known) {
    return known;
  }
  const id = parseLimitKey(key);
  const { kind, scope, subject } = id;
  const max = maxWithoutLowering(id, settings);
  const lowered = settings.lowered?.get(key);
  const counterOf = (team: string) =>
    limitKey({ kind, scope: 'team', subject: team });
  let counters = [key];
  if (scope === 'group') {
    counters = [subject, ...(below.get(subject) ?? [])].map(counterOf);
  } else if (scope === 'cohort') {
    counters = (cohorts.get(subject)?.teams ?? []).map(counterOf);
  }
  const found = {
    max: lowered === undefined ? max : Math.min(max ?? lowered, lowered),
    counters,
  };
  limits.set(key, found);
  return found;
}

/** How many slots a limit has; `undefined`: there is no such limit. */
export function maxOf(
  key: string,
  settings: LimitSettings,
): number | undefined {
  return resolveLimit(key, settings).max;
}

/** How much of a limit is taken; `undefined`: it is not known. */
export function usedOf(
  key: string,
  counts: LimitCounts,
  settings: LimitSettings,
): number | undefined {
  return usedOfLimit(resolveLimit(key, settings), counts);
}

/** How much of a limit is taken; `undefined`: it is not known. */
export function usedOfLimit(
  limit: ResolvedLimit,
  counts: LimitCounts,
): number | undefined {
  if (!counts.known) {
    return undefined;
  }
  let used = 0;
  for (const counter of limit.counters) {
    if (counts.unknown?.has(counter)) {
      return undefined;
    }
    used +=
      (counts.taken.get(counter) ?? 0) + (counts.foreign?.get(counter) ?? 0);
  }
  return used;
}

/** What the fair share of a team is reckoned from. */
export function shareOf(
  team: string,
  counts: LimitCounts,
  settings: LimitSettings,
): TeamShare {
  const {
    weight = 1,
    cohort,
    running: nominal = 0,
  } = ownSettings(team, settings);
  const key = limitKey({ kind: 'running', scope: 'team', subject: team });
  return {
    weight,
    running: usedOf(key, counts, settings) ?? 0,
    ...(cohort !== undefined && { cohort, nominal }),
  };
}

function isPaused(
  group: GroupSettings | undefined,
  { at }: LimitSettings,
): boolean {
  const pause = group?.paused;
  return (
    pause !== undefined &&
    (pause.until === undefined || pause.until.getTime() > at.getTime())
  );
}

/** The pause because of which a limit on run slots is 0; `undefined`: it is not because of one. */
export function pauseOf(
  key: string,
  settings: LimitSettings,
): Pause | undefined {
  const { kind, scope, subject } = parseLimitKey(key);
  const group = settings.groups.get(subject);
  return kind === 'running' &&
    (scope === 'team' || scope === 'group') &&
    isPaused(group, settings)
    ? group?.paused
    : undefined;
}
