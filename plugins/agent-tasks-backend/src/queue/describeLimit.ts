import { Pause } from '../policy/limits';
import { LimitId } from '../policy/slots';

/** A limit that holds a task. */
export interface FullLimit extends LimitId {
  max: number;
  /** `undefined`: not known. */
  used: number | undefined;
  /** What the task takes of it. */
  amount: number;
  /** The pause because of which it is 0. */
  pause?: Pause;
}

/** Whose a limit is, for people. */
export function describeOwner({
  scope,
  subject,
}: Pick<LimitId, 'scope' | 'subject'>): string {
  switch (scope) {
    case 'portal':
      return 'the portal';
    case 'account':
      return `the account '${subject}'`;
    case 'provider':
      return `the provider '${subject}'`;
    case 'cohort':
      return `the cohort '${subject}'`;
    default:
      return subject;
  }
}

/** Why a limit holds a task and what frees it, for people. */
export function describeLimit(limit: FullLimit): string {
  const { kind, max, used, amount, pause } = limit;
  const whose = describeOwner(limit);
  const Whose = whose[0].toUpperCase() + whose.slice(1);
  if (pause) {
    return `${pause.by} paused ${whose}: ${pause.reason}`;
  }
  if (used === undefined) {
    return 'How many slots are taken is not known, so that nothing is started. They are counted again within a minute; should it last, ask a platform admin to look at the log of the backend.';
  }
  switch (kind) {
    case 'changes':
      return `${subjectFirst(limit)} may have ${count(max, 'open agent change')}, and has ${used} open or under way. Merge or close one.`;
    case 'minutes':
      return `${subjectFirst(limit)} may have ${count(max, 'minute')} of review open, and has ${used}; this one is estimated at ${amount}. Merge or close a change.`;
    case 'auto':
      return `${subjectFirst(limit)} may have ${count(max, 'open change')} that are merged without a review, and has ${used}. It starts when one is merged or closed.`;
    case 'checks':
      return `${count(max, 'change')} may have checks pending at once, and ${used} have or will have. It starts when the checks of one have ended.`;
    case 'day':
      return `${subjectFirst(limit)} may start ${count(max, 'task')} a day, and has started ${used} today. It starts after midnight UTC, or when the limit is raised.`;
    case 'starts':
      return `${Whose} may start ${count(max, 'task')} a minute, and has. It starts within the next minutes.`;
    default:
      return `${count(max, 'run slot')} of ${whose}, and ${used} taken. It starts when one is free.`;
  }
}

/** Entity refs and repositories keep their spelling at the beginning of a sentence. */
function subjectFirst(limit: LimitId): string {
  return limit.scope === 'portal' ? 'The portal' : limit.subject;
}

/** A number with its noun. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
