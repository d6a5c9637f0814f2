import { HoldReason } from '@agent-tasks/plugin-agent-tasks-common';
import { parseLimitKey, SlotHolder } from '../policy/slots';
import { LimitView, reasonOf } from './LimitView';
import { LineKey } from './queueLines';

/** Tasks that nothing holds but the order of admission. */
export const nextInLine = 'next';

/** What the review of a change takes that nothing more is known of. */
const usualReviewMinutes = 20;

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

/**
 * Says what holds each line of queued tasks: a line is tasks of one team on one repository, which the same limits hold.
 *
 * @remarks
 *
 * One pass over the lines. Those of teams that have the smallest part of the slots for their weight come first and take
 * the room that there is; what then has no room is held by the first limit without any. How many tasks each limit holds
 * is exact as soon as admission has taken what is free, which it does at once.
 *
 * @param options.braked - tasks that a brake on their template or campaign holds; they are in no line
 * @param options.outside - what holds a line beside the limits
 */
export function holdLines(options: {
  lines: readonly (LineKey & { queued: number })[];
  braked: readonly { team: string; queued: number }[];
  view: LimitView;
  outside: (line: LineKey) => OutsideHold | undefined;
}): HeldLines {
  const { lines, braked, view, outside } = options;
  const byTeam = new Map<string, Record<string, number>>();
  const holds = new Map<string, LineHold>();
  const taken = new Map<string, number>();

  const count = (team: string, reason: string, tasks: number) => {
    const ofTeam = byTeam.get(team) ?? {};
    ofTeam[reason] = (ofTeam[reason] ?? 0) + tasks;
    byTeam.set(team, ofTeam);
  };
  const hold = (team: string, held: LineHold) => {
    count(team, held.reason, held.tasks);
    const key = `${held.reason} ${held.subject ?? ''}`;
    const known = holds.get(key);
    if (known) {
      known.tasks += held.tasks;
    } else {
      holds.set(key, { ...held });
    }
  };

  for (const { team, queued } of braked) {
    hold(team, { reason: 'brake', tasks: queued });
  }

  const fractions = new Map<string, number>();
  const fractionOf = (team: string) => {
    const known = fractions.get(team);
    if (known !== undefined) {
      return known;
    }
    const { running, weight } = view.partOf(team);
    const fraction = running / weight;
    fractions.set(team, fraction);
    return fraction;
  };
  const inOrder = [...lines].sort(
    (a, b) => fractionOf(a.team) - fractionOf(b.team),
  );
  for (const line of inOrder) {
    const outsideHold = outside(line);
    if (outsideHold) {
      hold(line.team, { ...outsideHold, tasks: line.queued });
      continue;
    }
    const holder: SlotHolder = { ...line, reviewMinutes: usualReviewMinutes };
    const takes = view.takesOf(holder);
    let room = line.queued;
    let tightest: string | undefined;
    for (const take of takes) {
      const free = view.roomFor(take, taken.get(take.key));
      if (free < room) {
        room = free;
        tightest = take.key;
      }
    }
    if (room > 0) {
      count(line.team, nextInLine, room);
      for (const { key, amount } of takes) {
        taken.set(key, (taken.get(key) ?? 0) + room * amount);
      }
    }
    if (tightest !== undefined) {
      const { subject } = parseLimitKey(tightest);
      hold(line.team, {
        reason: reasonOf(tightest, view),
        ...(subject && { subject }),
        key: tightest,
        tasks: line.queued - room,
      });
    }
  }
  return {
    byTeam,
    holds: [...holds.values()].sort((a, b) => b.tasks - a.tasks),
  };
}
