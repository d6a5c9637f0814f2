import { HoldReason } from '@agent-tasks/plugin-agent-tasks-common';
import {
  LimitCounts,
  LimitSettings,
  maxOf,
  Pause,
  pauseOf,
  shareOf,
  usedOf,
} from '../policy/limits';
import { limitKey, parseLimitKey, SlotHolder, Take } from '../policy/slots';
import { takesOf } from '../policy/takes';
import { shareCohort } from '../teams/borrowing';
import { Lowered, LimitReader } from './LimitReader';
import { QueueLineReader } from './QueueLineReader';

/** A statement takes a limited number of parameters. */
const repositoriesAtOnce = 5_000;

/** How full a limit is. */
export interface LimitFill {
  /** `undefined`: there is no such limit. */
  max: number | undefined;
  /** `undefined`: not known. */
  used: number | undefined;
}

/** What a team's part of the slots is reckoned from. */
export interface TeamPart {
  /** More than 0. */
  weight: number;
  /** Run slots that it has. */
  running: number;
  /** The teams among which it borrows and lends. */
  cohort?: string;
  /** Run slots that it has beyond its own. */
  borrowed: number;
  /** Run slots of its own that others have. */
  lent: number;
}

/**
 * The limits and what is taken of them, at one moment. Each number is reckoned once, however many tasks are looked at.
 */
export class LimitView {
  readonly counts: LimitCounts;
  readonly #taken: Map<string, number>;
  readonly #settings: LimitSettings;
  readonly #lowered: ReadonlyMap<string, Lowered>;
  readonly #fills = new Map<string, LimitFill>();
  #cohorts?: Map<string, { borrowed: number; lent: number }>;

  private constructor(options: {
    settings: LimitSettings;
    counts: LimitCounts;
    lowered?: ReadonlyMap<string, Lowered>;
  }) {
    this.#settings = options.settings;
    this.#lowered = options.lowered ?? new Map();
    this.#taken = new Map(options.counts.taken);
    this.counts = { ...options.counts, taken: this.#taken };
  }

  static create(options: {
    settings: LimitSettings;
    counts: LimitCounts;
    lowered?: ReadonlyMap<string, Lowered>;
  }): LimitView {
    return new LimitView(options);
  }

  /**
   * Reads what there is now.
   *
   * @param options.repositories - those whose counters are looked at; others seem to have nothing taken
   * @param options.forPlan - what is reckoned from the settings is forgotten with the view: a plan looks at repositories
   *   on which nothing may ever be launched
   */
  static async read(options: {
    lines: QueueLineReader;
    limits: LimitReader;
    at: Date;
    repositories: readonly string[];
    forPlan?: boolean;
  }): Promise<LimitView> {
    const { lines, limits, at, forPlan } = options;
    const repositories = [...new Set(options.repositories)];
    const [{ settings, foreign, starts, lowered }, { known, taken }] =
      await Promise.all([
        limits.read(at),
        lines.readCounts({
          at,
          repositories: repositories.slice(0, repositoriesAtOnce),
        }),
      ]);
    const view = LimitView.create({
      settings: forPlan ? { ...settings } : settings,
      lowered,
      counts: { known, taken: new Map([...taken, ...starts]), foreign },
    });
    for (
      let from = repositoriesAtOnce;
      from < repositories.length;
      from += repositoriesAtOnce
    ) {
      const more = await lines.readCounts({
        at,
        repositories: repositories.slice(from, from + repositoriesAtOnce),
      });
      view.learn(
        new Map(
          [...more.taken].filter(
            ([key]) => parseLimitKey(key).scope === 'repository',
          ),
        ),
      );
    }
    return view;
  }

  /** Takes note of counters that were read later, of limits that nobody has asked for yet. */
  learn(taken: ReadonlyMap<string, number>): void {
    for (const [key, used] of taken) {
      this.#taken.set(key, used);
    }
  }

  /** What a task takes, in the order in which limits are told. */
  takesOf(task: SlotHolder): readonly Take[] {
    return takesOf(task, this.#settings);
  }

  fillOf(key: string): LimitFill {
    const known = this.#fills.get(key) ?? {
      max: maxOf(key, this.#settings),
      used: usedOf(key, this.counts, this.#settings),
    };
    this.#fills.set(key, known);
    return known;
  }

  /**
   * How many tasks have room that take this.
   *
   * @param taken - what was taken since the view was made
   */
  roomFor(take: Take, taken = 0): number {
    const { max, used } = this.fillOf(take.key);
    if (max === undefined) {
      return Infinity;
    }
    return used === undefined
      ? 0
      : Math.max(0, Math.floor((max - used - taken) / take.amount));
  }

  /** The pause because of which a limit is 0. */
  pauseOf(key: string): Pause | undefined {
    return pauseOf(key, this.#settings);
  }

  /** Why a limit is lower than it is set to; `undefined`: it is not. */
  loweredOf(key: string): Lowered | undefined {
    return this.#lowered.get(key);
  }

  partOf(team: string): TeamPart {
    const { weight, running, cohort } = shareOf(
      team,
      this.counts,
      this.#settings,
    );
    return {
      weight,
      running,
      ...(cohort !== undefined && { cohort }),
      ...(this.#shareCohorts().get(team) ?? { borrowed: 0, lent: 0 }),
    };
  }

  /** Of a limit that holds for several teams: which. */
  teamsOf(key: string): string[] | undefined {
    const { scope, subject } = parseLimitKey(key);
    const { ancestors, groups } = this.#settings;
    switch (scope) {
      case 'group':
        return [
          subject,
          ...[...ancestors]
            .filter(([, above]) => above.includes(subject))
            .map(([team]) => team),
        ];
      case 'cohort':
        return [...groups]
          .filter(([, { cohort }]) => cohort === subject)
          .map(([team]) => team);
      default:
        return undefined;
    }
  }

  /** Numbers of tasks by team, of one kind of counter. */
  countByTeam(kind: 'running' | 'changes' | 'queued'): Map<string, number> {
    const counted = new Map<string, number>();
    for (const [key, used] of this.counts.taken) {
      const id = parseLimitKey(key);
      if (id.kind === kind && id.scope === 'team' && used > 0) {
        counted.set(id.subject, used);
      }
    }
    return counted;
  }

  #shareCohorts(): Map<string, { borrowed: number; lent: number }> {
    if (!this.#cohorts) {
      const members = new Map<string, Parameters<typeof shareCohort>[0][0][]>();
      for (const [team, { cohort }] of this.#settings.groups) {
        const share = shareOf(team, this.counts, this.#settings);
        if (cohort !== undefined && share.cohort === cohort) {
          const others = members.get(cohort) ?? [];
          others.push({
            team,
            nominal: share.nominal ?? 0,
            used: share.running,
          });
          members.set(cohort, others);
        }
      }
      this.#cohorts = new Map(
        [...members.values()].flatMap(cohort => [...shareCohort(cohort)]),
      );
    }
    return this.#cohorts;
  }
}

/** The key of a team's run slots. */
export function teamRunKey(team: string): string {
  return limitKey({ kind: 'running', scope: 'team', subject: team });
}

/** How the API names a limit. */
export function reasonOf(key: string, view: LimitView): HoldReason {
  const { kind, scope } = parseLimitKey(key);
  return view.pauseOf(key)
    ? 'team-paused'
    : (view.loweredOf(key)?.reason ?? (`${scope}-${kind}` as HoldReason));
}
