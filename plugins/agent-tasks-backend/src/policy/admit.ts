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
  /** Keys of the limits in which it takes one slot each. */
  takes: readonly string[];
}

/** What a team's share is reckoned from. */
export interface TeamShare {
  /** More than 0; a team with twice the weight gets twice the share. */
  weight: number;
  /** Run slots that the team holds. */
  running: number;
}

/** What admission is decided from. */
export interface AdmissionInput {
  limits: ReadonlyMap<string, LimitState>;
  /** Teams that are not named have the weight 1 and run nothing. */
  teams: ReadonlyMap<string, TeamShare>;
  /** Of each team in the order in which its tasks shall start; how teams are mixed does not matter. */
  candidates: readonly AdmissionCandidate[];
}

/** What was decided. Each candidate is in one of the two lists. */
export interface AdmissionDecision {
  /** In the order in which they were chosen. */
  admitted: AdmissionCandidate[];
  /** `limit`: the key of the first limit that has no room for it. */
  held: { id: string; limit: string }[];
}

/** The tasks of a team that are still to be decided on, and its share. */
interface Line {
  team: string;
  weight: number;
  running: number;
  tasks: AdmissionCandidate[];
  /** Index of the next task. What lies before is admitted or held. */
  next: number;
}

const defaultShare: TeamShare = { weight: 1, running: 0 };

/** The first limit that has no room for a task. */
function blockedBy(
  task: AdmissionCandidate,
  limits: ReadonlyMap<string, LimitState>,
  taken: ReadonlyMap<string, number>,
): string | undefined {
  return task.takes.find(key => {
    const limit = limits.get(key);
    return (
      !limit ||
      limit.used === undefined ||
      limit.used + (taken.get(key) ?? 0) >= limit.max
    );
  });
}

/**
 * The team whose turn it is: of those that have less than their share, the one that would reach the end of its next slot
 * first. With n slots given in all, no team is then ever a whole slot away from n times its part of the weights (the
 * quota method of Balinski and Young, "The Quota Method of Apportionment", 1975).
 */
function chooseLine(lines: readonly Line[]): Line {
  let weights = 0;
  let given = 1;
  for (const line of lines) {
    weights += line.weight;
    given += line.running;
  }
  let best: Line | undefined;
  let bestEnd = Infinity;
  for (const line of lines) {
    // Multiplied out, so that equal shares compare as equal.
    const belowShare = line.running * weights < given * line.weight;
    const end = (line.running + 1) / line.weight;
    if (belowShare && end < bestEnd) {
      best = line;
      bestEnd = end;
    }
  }
  // The running slots sum up to one less than the shares, so that one team is below its share.
  return best ?? lines[0];
}

/**
 * Chooses which queued tasks start now: weighted fair share between teams, the order of a team within it, and never more
 * than any limit allows. A task that a limit holds does not keep others of its team waiting.
 */
export function admit(input: AdmissionInput): AdmissionDecision {
  const { limits, teams, candidates } = input;
  const taken = new Map<string, number>();
  const admitted: AdmissionCandidate[] = [];
  const held: AdmissionDecision['held'] = [];

  const lineOf = new Map<string, Line>();
  for (const candidate of candidates) {
    const line = lineOf.get(candidate.team);
    if (line) {
      line.tasks.push(candidate);
    } else {
      lineOf.set(candidate.team, {
        team: candidate.team,
        ...(teams.get(candidate.team) ?? defaultShare),
        tasks: [candidate],
        next: 0,
      });
    }
  }

  /** Passes over tasks that are held: slots are only taken within a round, so that they stay held. */
  const findNext = (line: Line): boolean => {
    for (; line.next < line.tasks.length; line.next += 1) {
      const task = line.tasks[line.next];
      const limit = blockedBy(task, limits, taken);
      if (limit === undefined) {
        return true;
      }
      held.push({ id: task.id, limit });
    }
    return false;
  };

  let lines = [...lineOf.values()].filter(findNext);
  while (lines.length) {
    const line = chooseLine(lines);
    const task = line.tasks[line.next];
    const limit = blockedBy(task, limits, taken);
    if (limit === undefined) {
      admitted.push(task);
      line.running += 1;
      for (const key of task.takes) {
        taken.set(key, (taken.get(key) ?? 0) + 1);
      }
      line.next += 1;
    }
    if (!findNext(line)) {
      lines = lines.filter(other => other !== line);
    }
  }
  return { admitted, held };
}
