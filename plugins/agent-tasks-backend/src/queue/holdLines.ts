import { HoldReason } from '@agent-tasks/plugin-agent-tasks-common';
import { parseLimitKey, SlotHolder, Take } from '../policy/slots';
import { LimitView, reasonOf } from './LimitView';
import { LineGroup, QueueLineReader } from './QueueLineReader';

/** Tasks that nothing holds but the order of admission. */
export const nextInLine = 'next';

/** What the review of a change takes of which nothing more is known. */
const usualReviewMinutes = 20;

/** Teams whose lines are read at first; then twice as many each time, so that few reads see all where all have room. */
const teamsAtFirst = 25;

/** What holds tasks, and how many. */
export interface LineHold {
  reason: HoldReason;
  /** Whose it is; absent for the portal. */
  subject?: string;
  /** Key of the limit, where it is one. */
  key?: string;
  tasks: number;
}

/** What holds tasks back beside the limits. */
export type OutsideHold = Pick<LineHold, 'reason' | 'subject'>;

/** What holds the tasks of each team, and what holds tasks at all. */
export interface HeldLines {
  /** Number of tasks by reason; `next` are those that nothing holds. */
  byTeam: ReadonlyMap<string, Record<string, number>>;
  /** The one that holds most first. */
  holds: LineHold[];
}

/** Adds up what holds how many. */
class Tally {
  readonly #byTeam = new Map<string, Record<string, number>>();
  readonly #holds = new Map<string, LineHold>();

  count(team: string, reason: string, tasks: number): void {
    if (tasks > 0) {
      const ofTeam = this.#byTeam.get(team) ?? {};
      ofTeam[reason] = (ofTeam[reason] ?? 0) + tasks;
      this.#byTeam.set(team, ofTeam);
    }
  }

  hold(team: string, held: LineHold): void {
    this.count(team, held.reason, held.tasks);
    const name = `${held.reason} ${held.subject ?? ''}`;
    const known = this.#holds.get(name);
    if (known) {
      known.tasks += held.tasks;
    } else {
      this.#holds.set(name, { ...held });
    }
  }

  result(): HeldLines {
    return {
      byTeam: this.#byTeam,
      holds: [...this.#holds.values()].sort((a, b) => b.tasks - a.tasks),
    };
  }
}

/**
 * Says what holds the queued tasks, without looking at them: by team, provider, account and lane first, and where these
 * have room by repository.
 *
 * @remarks
 *
 * One pass. The lines of teams that have the smallest part of the slots for their weight come first and take the room
 * that there is; what then has none is held by the limit with the least. A limit of many tasks is told before one of a
 * repository. How many tasks each limit holds is exact as soon as admission has taken what is free, which it does at
 * once.
 *
 * @param options.groups - the queued tasks, whatever their repository
 * @param options.braked - tasks that a brake on their template or campaign holds; they are in no group
 * @param options.readLines - the lines of some teams
 * @param options.outside - what holds a group beside the limits
 */
export async function holdLines(options: {
  groups: readonly (LineGroup & { queued: number })[];
  braked: readonly { team: string; queued: number }[];
  view: LimitView;
  readLines: (teams: readonly string[]) => ReturnType<QueueLineReader['read']>;
  outside: (group: LineGroup) => OutsideHold | undefined;
}): Promise<HeldLines> {
  const { groups, braked, view, readLines, outside } = options;
  const tally = new Tally();
  for (const { team, queued } of braked) {
    tally.hold(team, { reason: 'brake', tasks: queued });
  }
  const taken = new Map<string, number>();
  /** The take with the least room, and how much that is. */
  const tightestOf = (takes: readonly Take[], atMost: number) => {
    let room = atMost;
    let key: string | undefined;
    for (const take of takes) {
      const free = view.roomFor(take, taken.get(take.key));
      if (free < room) {
        room = free;
        key = take.key;
      }
    }
    return { room, key };
  };
  const holdBy = (team: string, key: string, tasks: number) => {
    const { subject } = parseLimitKey(key);
    tally.hold(team, {
      reason: reasonOf(key, view),
      ...(subject && { subject }),
      key,
      tasks,
    });
  };
  const isOpen = (group: LineGroup & { queued: number }): boolean => {
    const { room, key } = tightestOf(view.takesOf(holderOf(group)), 1);
    if (room < 1 && key !== undefined) {
      holdBy(group.team, key, group.queued);
      return false;
    }
    return true;
  };

  const parts = new Map<string, number>();
  for (const { team } of groups) {
    if (!parts.has(team)) {
      const { running, weight } = view.partOf(team);
      parts.set(team, running / weight);
    }
  }
  const byPart = (a: LineGroup, b: LineGroup) =>
    parts.get(a.team)! - parts.get(b.team)!;
  let waiting = groups
    .filter(group => {
      const hold = outside(group);
      if (hold) {
        tally.hold(group.team, { ...hold, tasks: group.queued });
      }
      return !hold;
    })
    .sort(byPart);
  for (let wanted = teamsAtFirst; ; wanted *= 2) {
    // What the lines before have taken may have closed those behind them, which are then not read at all.
    waiting = waiting.filter(isOpen);
    const teams = [...new Set(waiting.map(group => group.team))].slice(
      0,
      wanted,
    );
    if (!teams.length) {
      return tally.result();
    }
    const looked = new Set(teams);
    const open = new Set(
      waiting.filter(group => looked.has(group.team)).map(nameOf),
    );
    waiting = waiting.filter(group => !looked.has(group.team));
    const { lines, taken: ofRepositories } = await readLines(teams);
    view.learn(ofRepositories);
    for (const line of lines.sort(byPart)) {
      if (open.has(nameOf(line))) {
        const takes = view.takesOf(holderOf(line));
        const { room, key } = tightestOf(takes, line.queued);
        tally.count(line.team, nextInLine, room);
        for (const take of takes) {
          taken.set(take.key, (taken.get(take.key) ?? 0) + room * take.amount);
        }
        if (key !== undefined) {
          holdBy(line.team, key, line.queued - room);
        }
      }
    }
  }
}

function nameOf({ team, provider, account, lane }: LineGroup): string {
  return `${team} ${provider} ${account} ${lane}`;
}

/** A group without a repository takes of no repository's limits anything that counts. */
function holderOf(line: LineGroup & { repository?: string }): SlotHolder {
  const { team, provider, account, lane, repository = '' } = line;
  return {
    team,
    provider,
    account,
    lane,
    repository,
    reviewMinutes: usualReviewMinutes,
  };
}
