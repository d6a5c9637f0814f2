import {
  TeamNumberSetting,
  TeamRelative,
  TeamReviewUsage,
  TeamRunningUsage,
  TeamSettings,
  TeamSummary,
  TeamUsage,
} from '@agent-tasks/plugin-agent-tasks-common';
import { LimitCounts, LimitSettings, maxOf, usedOf } from '../policy/limits';
import { limitKey, SlotKind } from '../policy/slots';
import { shareCohort } from './borrowing';
import { TeamLimitState } from './LimitSettingsReader';
import { TeamGroup } from './TeamGroupStore';
import { isPaused, teamNumbers, valuesInForce } from './TeamSettings';

/** How full the limits of groups are, all of one moment. */
export class TeamView {
  readonly #state: TeamLimitState;
  readonly #counts: LimitCounts;
  /** Queued tasks by team. */
  readonly #queued: ReadonlyMap<string, number>;
  /** Without pauses: a limit is shown as it is, and a pause beside it. */
  readonly #settings: LimitSettings;
  readonly #at: Date;
  readonly #teamsBelow = new Map<string, string[]>();

  private constructor(options: {
    state: TeamLimitState;
    counts: LimitCounts;
    queued: ReadonlyMap<string, number>;
    at: Date;
  }) {
    const { state, counts } = options;
    this.#state = state;
    this.#counts = { ...counts, foreign: state.foreign };
    this.#queued = options.queued;
    this.#at = options.at;
    this.#settings = {
      ...state.settings,
      groups: new Map(
        [...state.settings.groups].map(([ref, { paused: _, ...rest }]) => [
          ref,
          rest,
        ]),
      ),
    };
    for (const [ref, group] of state.known) {
      for (const ancestor of group.ancestors) {
        const below = this.#teamsBelow.get(ancestor) ?? [];
        below.push(ref);
        this.#teamsBelow.set(ancestor, below);
      }
    }
  }

  static create(options: {
    state: TeamLimitState;
    counts: LimitCounts;
    queued: ReadonlyMap<string, number>;
    at: Date;
  }): TeamView {
    return new TeamView(options);
  }

  isParent(ref: string): boolean {
    return this.#teamsBelow.has(ref);
  }

  /** A group and those below it: those whose tasks count in its limits. */
  teamsOf(ref: string): string[] {
    return [ref, ...(this.#teamsBelow.get(ref) ?? [])];
  }

  usage(kind: SlotKind, ref: string): TeamUsage {
    const key = this.#key(kind, ref);
    const max = maxOf(key, this.#settings);
    return {
      used: usedOf(key, this.#counts, this.#settings) ?? 0,
      ...(max !== undefined && { max }),
    };
  }

  review(kind: 'changes' | 'minutes', ref: string): TeamReviewUsage {
    return {
      ...this.usage(kind, ref),
      foreign: sum(
        this.teamsOf(ref).map(
          team =>
            this.#state.foreign.get(
              limitKey({ kind, scope: 'team', subject: team }),
            ) ?? 0,
        ),
      ),
    };
  }

  running(ref: string): TeamRunningUsage {
    const usage = this.usage('running', ref);
    const nominal = this.isParent(ref) ? undefined : this.#nominal(ref);
    const cohort = this.#cohortOf(ref);
    const members = [...this.#settings.groups.keys()]
      .filter(team => cohort !== undefined && this.#cohortOf(team) === cohort)
      .map(team => ({
        team,
        nominal: this.#nominal(team) ?? 0,
        used: this.usage('running', team).used,
      }));
    return {
      ...usage,
      ...(nominal !== undefined && { nominal }),
      borrowed: 0,
      lent: 0,
      ...shareCohort(members).get(ref),
      ...(cohort !== undefined && { cohort }),
    };
  }

  queued(ref: string): number {
    return sum(this.teamsOf(ref).map(team => this.#queued.get(team) ?? 0));
  }

  settings(ref: string): TeamSettings {
    const stored = this.#state.stored.get(ref);
    const { inForce, defaults } = valuesInForce({
      defaults: this.#settings.team ?? {},
      values: stored?.values,
      isParent: this.isParent(ref),
    });
    const origin = (name: keyof TeamSettings) =>
      stored?.values[name] !== undefined && inForce[name] !== undefined
        ? { from: 'set' as const, ...stored.origins[name] }
        : { from: 'default' as const };
    const numbers = Object.fromEntries(
      teamNumbers.map((name): [string, TeamNumberSetting] => [
        name,
        {
          ...(inForce[name] !== undefined && { value: inForce[name] }),
          ...(defaults[name] !== undefined && { default: defaults[name] }),
          ...origin(name),
        },
      ]),
    ) as Record<(typeof teamNumbers)[number], TeamNumberSetting>;
    return {
      ...numbers,
      cohort: {
        ...(inForce.cohort !== undefined && { value: inForce.cohort }),
        ...origin('cohort'),
      },
    };
  }

  relative(ref: string, group: TeamGroup | undefined): TeamRelative {
    return {
      team: ref,
      ...(group?.title !== undefined && { title: group.title }),
      gone: group?.gone ?? false,
      paused: this.#isPaused(ref),
      running: this.usage('running', ref),
      changes: this.review('changes', ref),
      reviewMinutes: this.review('minutes', ref),
    };
  }

  summary(group: TeamGroup): TeamSummary {
    const stored = this.#state.stored.get(group.ref);
    const cohort = this.#cohortOf(group.ref);
    return {
      ...this.relative(group.ref, group),
      isParent: this.isParent(group.ref),
      queued: this.queued(group.ref),
      ...(cohort !== undefined && { cohort }),
      limitsSet: Object.keys(stored?.values ?? {}).length > 0,
    };
  }

  /** What a person should know of a group. */
  problem(ref: string): string | undefined {
    const { used, max } = this.running(ref);
    const changes = this.review('changes', ref);
    const problems: string[] = [];
    if (this.#state.known.get(ref)?.gone) {
      const waits = this.queued(ref);
      problems.push(
        `The catalog no longer has this group. Its limits hold on, and its tasks keep what they hold: ${count(
          used,
          'run slot',
        )} and ${count(changes.used, 'open change')}; ${count(
          waits,
          'queued task',
        )} will still start. New launches leave out what it owned: give that another owner in the catalog.`,
      );
    }
    if (max !== undefined && used > max) {
      problems.push(
        `${used} tasks run, and the limit is ${max} now. What runs goes on; the next one starts when fewer than ${max} run.`,
      );
    }
    return problems.length ? problems.join(' ') : undefined;
  }

  #isPaused(ref: string): boolean {
    return isPaused(this.#state.stored.get(ref)?.pause, this.#at);
  }

  #cohortOf(ref: string): string | undefined {
    return this.isParent(ref)
      ? undefined
      : this.#settings.groups.get(ref)?.cohort;
  }

  #nominal(ref: string): number | undefined {
    return (
      this.#settings.groups.get(ref)?.running ?? this.#settings.team?.running
    );
  }

  #key(kind: SlotKind, ref: string): string {
    const scope = this.isParent(ref) ? 'group' : 'team';
    return limitKey({ kind, scope, subject: ref });
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
