/** What is counted: tasks whose agent works, or tasks that will need or have a review. */
export type SlotKind = 'running' | 'changes';

/** Whose slots are counted. */
export type SlotScope = 'portal' | 'repository' | 'team';

/** A limit: what is counted, and for whom. */
export interface LimitId {
  kind: SlotKind;
  scope: SlotScope;
  /** The repository or the team; empty for the portal. */
  subject: string;
}

/** The properties of a task that say in which limits it counts. */
export interface SlotHolder {
  team: string;
  /** `host/owner/name` */
  repository: string;
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
  const [kind, scope, ...subject] = key.split(' ');
  return {
    kind: kind as SlotKind,
    scope: scope as SlotScope,
    subject: subject.join(' '),
  };
}

/**
 * The limits in which a task takes a slot of a kind. The portal comes first: everyone who changes counters then takes
 * the same way through them, and nobody waits for another in a circle.
 */
export function slotsOf(kind: SlotKind, holder: SlotHolder): string[] {
  const id = (scope: SlotScope, subject: string) =>
    limitKey({ kind, scope, subject });
  return [
    ...(kind === 'running' ? [id('portal', '')] : []),
    id('repository', holder.repository),
    id('team', holder.team),
  ];
}

/** How many slots there are, from the configuration. */
export interface SlotLimits {
  running: { portal: number; repository: number; team: number };
  changes: { repository: number; team: number };
}

/** How many slots a limit has. */
export function maxOf(key: string, limits: SlotLimits): number {
  const { kind, scope } = parseLimitKey(key);
  const of: Partial<Record<SlotScope, number>> = limits[kind];
  return of[scope] ?? 0;
}
