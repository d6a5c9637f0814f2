import { FairOrder, FairTeam } from './FairOrder';
import { isRunKey, Take } from './slots';

/** How full a limit is. */
export interface LimitState {
  max: number;
  /** `undefined`: the count is not known, and nothing that needs it starts. */
  used: number | undefined;
}

/** A queued task, as far as admission looks at it. */
export interface AdmissionCandidate {
  id: string;
  team: string;
  /**
   * What it takes. Where none of it is a run slot, its work is done and only a review slot is missing: it goes before
   * the tasks of its team, and is no part of the team's share.
   */
  takes: readonly Take[];
}

/** What a team's share is reckoned from. */
export interface TeamShare {
  /** More than 0; a team with twice the weight gets twice the share. */
  weight: number;
  /** Run slots that the team holds. */
  running: number;
  /** Own run slots of a member of a cohort. With as many or more it borrows, and waits for those that have less. */
  nominal?: number;
  /** Name of the cohort, in which teams lend each other what they do not use. */
  cohort?: string;
  /**
   * How long ago a task of it was last admitted, in any unit that is the same for all teams, such as milliseconds or
   * admissions since. Parts of slots go round by it; without it a team with a small share may never have its turn where
   * there are fewer slots than teams. Absent: never.
   */
  waited?: number;
}

/** Limits by key. A task that takes of one that is not there is held. */
export type LimitStates = Pick<ReadonlyMap<string, LimitState>, 'get'>;

/** What admission is decided from. */
export interface AdmissionInput {
  limits: LimitStates;
  /** Teams that are not named have the weight 1 and run nothing. */
  teams: ReadonlyMap<string, TeamShare>;
  /** Of each team in the order in which its tasks shall start; how teams are mixed does not matter. */
  candidates: readonly AdmissionCandidate[];
  /** The round stops after so many. Default: none is left undecided. */
  maxAdmitted?: number;
}

/** What was decided. Each candidate is in one of the two lists, but for those that are left undecided. */
export interface AdmissionDecision {
  /** In the order in which they were chosen. */
  admitted: AdmissionCandidate[];
  /** `limit`: the key of the first limit that has no room for it. */
  held: { id: string; limit: string }[];
  /** Candidates that were not looked at since `maxAdmitted` was reached. */
  undecided: number;
}

/** What is left of a limit in this round. */
interface Room {
  key: string;
  /** Less than nothing where the count is not known. */
  free: number;
  /** Tasks that need it. */
  wanted: number;
  /** Its place in the takes that were looked up last, and which those are. */
  place: number;
  placeIn: ResolvedTakes | undefined;
}

/** What a candidate takes, each limit once. */
interface ResolvedTakes {
  rooms: Room[];
  amounts: number[];
  runs: boolean;
}

/** The tasks of a team that are still to be decided on. */
interface Line extends FairTeam {
  tasks: AdmissionCandidate[];
  takes: ResolvedTakes[];
  /** Index of the next task. What lies before is admitted or held. */
  next: number;
}

const defaultShare: TeamShare = { weight: 1, running: 0 };

function roomOf(key: string, limit: LimitState | undefined): Room {
  const free = limit?.used === undefined ? -Infinity : limit.max - limit.used;
  return { key, free, wanted: 0, place: 0, placeIn: undefined };
}

/** A value that is no number, or negative, has no room anywhere: comparisons with it fail. */
function fits(amount: number, free: number): boolean {
  return amount >= 0 && amount <= free;
}

function findFull(takes: ResolvedTakes): string | undefined {
  for (let i = 0; i < takes.rooms.length; i += 1) {
    if (!fits(takes.amounts[i], takes.rooms[i].free)) {
      return takes.rooms[i].key;
    }
  }
  return undefined;
}

function take(takes: ResolvedTakes): void {
  for (let i = 0; i < takes.rooms.length; i += 1) {
    takes.rooms[i].free -= takes.amounts[i];
  }
}

/** Looks limits up, once for each list of takes. */
function createResolver(limits: LimitStates) {
  const rooms = new Map<string, Room>();
  const resolved = new Map<readonly Take[], ResolvedTakes>();

  const resolve = (takes: readonly Take[]): ResolvedTakes => {
    const result: ResolvedTakes = { rooms: [], amounts: [], runs: false };
    for (const { key, amount } of takes) {
      let room = rooms.get(key);
      if (!room) {
        room = roomOf(key, limits.get(key));
        rooms.set(key, room);
      }
      if (room.placeIn === result) {
        result.amounts[room.place] += amount;
      } else {
        room.placeIn = result;
        room.place = result.rooms.push(room) - 1;
        result.amounts.push(amount);
      }
      result.runs ||= isRunKey(key);
    }
    return result;
  };

  return {
    rooms,
    takesOf: (task: AdmissionCandidate): ResolvedTakes => {
      const known = resolved.get(task.takes) ?? resolve(task.takes);
      resolved.set(task.takes, known);
      return known;
    },
  };
}

/** Scopes of which each task needs one. */
const sharedScopes = ['portal ', 'provider ', 'account '];

/**
 * No more run slots than these can be given in a round: where each task needs one of some limits, such as those of the
 * providers, it is what is free in all of them together.
 */
function mostSlots(rooms: Iterable<Room>, tasks: number): number {
  const families = new Map<string, { wanted: number; free: number }>();
  for (const room of rooms) {
    const scope = room.key.indexOf(' ') + 1;
    if (sharedScopes.some(one => room.key.startsWith(one, scope))) {
      const name = room.key.slice(0, room.key.indexOf(' ', scope));
      const family = families.get(name) ?? { wanted: 0, free: 0 };
      family.wanted += room.wanted;
      family.free += Math.max(0, Math.min(room.free, room.wanted));
      families.set(name, family);
    }
  }
  const bounds = [...families.values()]
    .filter(({ wanted }) => wanted === tasks)
    .map(({ free }) => free);
  return Math.min(Infinity, ...bounds);
}

function checkShares(teams: ReadonlyMap<string, TeamShare>): void {
  for (const [team, { weight }] of teams) {
    if (!(weight > 0 && Number.isFinite(weight))) {
      throw new RangeError(
        `The weight of ${team} must be more than 0, and is ${weight}. Set a weight from 0.01 on, or pause the team.`,
      );
    }
  }
}

/**
 * Chooses which queued tasks start now: weighted fair share between teams (see {@link FairOrder}), the order of a team
 * within it, and never more than any limit allows. A task that a limit holds does not keep others waiting, of its team or
 * of another.
 *
 * @throws RangeError where a weight is not more than 0
 */
export function admit(input: AdmissionInput): AdmissionDecision {
  const { limits, teams, candidates, maxAdmitted = Infinity } = input;
  checkShares(teams);
  const { rooms, takesOf } = createResolver(limits);
  const admitted: AdmissionCandidate[] = [];
  const held: AdmissionDecision['held'] = [];
  const decision = () => ({
    admitted,
    held,
    undecided: candidates.length - admitted.length - held.length,
  });

  const lines: Line[] = [];
  const lineOf = new Map<string, Line>();
  let tasks = 0;
  for (const candidate of candidates) {
    const takes = takesOf(candidate);
    if (takes.runs) {
      let line = lineOf.get(candidate.team);
      if (!line) {
        const share = teams.get(candidate.team) ?? defaultShare;
        // Never 0, so that the weights count for those too that were admitted just now.
        const waited = 1 + Math.max(0, share.waited ?? Infinity);
        line = { ...share, waited, tasks: [], takes: [], next: 0 };
        lineOf.set(candidate.team, line);
        lines.push(line);
      }
      line.tasks.push(candidate);
      line.takes.push(takes);
      tasks += 1;
      for (const room of takes.rooms) {
        room.wanted += 1;
      }
    } else if (admitted.length >= maxAdmitted) {
      return decision();
    } else {
      const limit = findFull(takes);
      if (limit === undefined) {
        take(takes);
        admitted.push(candidate);
      } else {
        held.push({ id: candidate.id, limit });
      }
    }
  }

  /** Passes over tasks that are held: slots are only taken within a round, so that they stay held. */
  const hasNext = (line: Line): boolean => {
    for (; line.next < line.tasks.length; line.next += 1) {
      const limit = findFull(line.takes[line.next]);
      if (limit === undefined) {
        return true;
      }
      held.push({ id: line.tasks[line.next].id, limit });
    }
    return false;
  };

  const open = lines.filter(hasNext);
  const order = FairOrder.create({
    teams: open,
    room: mostSlots(rooms.values(), tasks),
  });
  while (admitted.length < maxAdmitted) {
    const turn = order.next();
    if (turn === undefined) {
      break;
    }
    const line = open[turn];
    const takes = line.takes[line.next];
    if (findFull(takes) === undefined) {
      take(takes);
      admitted.push(line.tasks[line.next]);
      line.next += 1;
      order.give(turn);
    }
    if (!hasNext(line)) {
      order.remove(turn);
    }
  }
  return decision();
}

/**
 * All limits that have no room for a task, in the order of its takes.
 *
 * @param taken - what others take first, by key
 */
export function limitsHolding(
  candidate: Pick<AdmissionCandidate, 'takes'>,
  limits: LimitStates,
  taken?: ReadonlyMap<string, number>,
): string[] {
  const amounts = new Map<string, number>();
  for (const { key, amount } of candidate.takes) {
    amounts.set(key, (amounts.get(key) ?? 0) + amount);
  }
  return [...amounts]
    .filter(
      ([key, amount]) =>
        !fits(
          amount,
          roomOf(key, limits.get(key)).free - (taken?.get(key) ?? 0),
        ),
    )
    .map(([key]) => key);
}
