/**
 * What is counted:
 *
 * - `running`: tasks whose agent starts or works,
 * - `changes`: tasks that need or have a review by a person,
 * - `minutes`: what those reviews are estimated to take,
 * - `auto`: tasks of the auto lane, from their admission until their change is merged or closed,
 * - `checks`: changes whose checks are pending, and tasks that will produce one,
 * - `day`: tasks admitted on this day (UTC),
 * - `starts`: starts in the last 60 seconds,
 * - `queued`: tasks that wait; no limit is on them.
 */
export type SlotKind =
  | 'running'
  | 'changes'
  | 'minutes'
  | 'auto'
  | 'checks'
  | 'day'
  | 'starts'
  | 'queued';

/**
 * Whose slots are counted. What a group or a cohort has taken is no counter of its own but the sum of its teams', so that
 * a change of the hierarchy holds at once.
 */
export type SlotScope =
  | 'portal'
  | 'provider'
  | 'account'
  | 'repository'
  | 'team'
  | 'group'
  | 'cohort';

/** Whether the change of a task will need a person, or is meant to be merged without one. */
export type Lane = 'review' | 'auto';

/** A limit: what is counted, and for whom. */
export interface LimitId {
  kind: SlotKind;
  scope: SlotScope;
  /** The repository, the team, …; empty for the portal. */
  subject: string;
}

/** The properties of a task that say in which limits it counts. */
export interface SlotHolder {
  team: string;
  /** `host/owner/name` */
  repository: string;
  /** Id of the provider. */
  provider: string;
  /** The service account at the provider. */
  account: string;
  lane: Lane;
  /** What the review of its change is estimated to take. */
  reviewMinutes: number;
}

/** What a task takes of a limit. */
export interface Take {
  /** Key of the limit. */
  key: string;
  /** Minutes for limits of the kind `minutes`, else 1. */
  amount: number;
}

/** The key of a limit, as counters and policies name it. */
export function limitKey(id: LimitId): string {
  return `${id.kind} ${id.scope} ${id.subject}`;
}

/** The limit that every task meets; whoever changes counters takes its counter first, and without it none is known. */
export const portalKey = limitKey({
  kind: 'running',
  scope: 'portal',
  subject: '',
});

/** The limit that a key names. */
export function parseLimitKey(key: string): LimitId {
  const kindEnd = key.indexOf(' ');
  const scopeEnd = key.indexOf(' ', kindEnd + 1);
  return {
    kind: key.slice(0, kindEnd) as SlotKind,
    scope: key.slice(kindEnd + 1, scopeEnd) as SlotScope,
    subject: key.slice(scopeEnd + 1),
  };
}

/** Whether a limit counts tasks whose agent works. */
export function isRunKey(key: string): boolean {
  return key.startsWith('running ');
}

/**
 * The scopes in which slots of a kind are counted. The portal comes first: everyone who changes counters then takes the
 * same way through them, and nobody waits for another in a circle.
 */
export const countedScopes: Record<
  SlotKind,
  readonly Exclude<SlotScope, 'group' | 'cohort'>[]
> = {
  running: ['portal', 'provider', 'account', 'repository', 'team'],
  changes: ['repository', 'team'],
  minutes: ['team'],
  auto: ['repository', 'team'],
  checks: ['portal'],
  day: ['team'],
  starts: ['account'],
  queued: ['team'],
};
