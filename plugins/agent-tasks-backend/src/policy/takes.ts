import { LimitSettings } from './LimitSettings';
import { cohortOf, groupsOver, maxOf } from './limits';
import { limitKey, SlotHolder, SlotKind, SlotScope, Take } from './slots';

/** Takes by kind, of the limits that there are. */
type TakesByKind = Record<Exclude<SlotKind, 'queued'>, readonly Take[]>;

/** What tasks take follows from the settings, and is told once for all tasks that are alike. */
interface KnownTakes {
  portal: TakesByKind;
  provider: Map<string, TakesByKind>;
  account: Map<string, TakesByKind>;
  repository: Map<string, TakesByKind>;
  team: Map<string, TakesByKind>;
  /** By team, repository and the rest. */
  tasks: Map<string, Map<string, Map<string, readonly Take[]>>>;
}

const knownTakes = new WeakMap<LimitSettings, KnownTakes>();

function knownOf(settings: LimitSettings): KnownTakes {
  return getOrMake(knownTakes, settings, () => ({
    portal: takesIn([{ scope: 'portal', subject: '' }], settings),
    provider: new Map(),
    account: new Map(),
    repository: new Map(),
    team: new Map(),
    tasks: new Map(),
  }));
}

function getOrMake<K, V>(
  map: { get(key: K): V | undefined; set(key: K, value: V): unknown },
  key: K,
  make: () => V,
): V {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}

function takesIn(
  owners: readonly { scope: SlotScope; subject: string }[],
  settings: LimitSettings,
): TakesByKind {
  const of = (kind: SlotKind) =>
    owners
      .map(owner => limitKey({ kind, ...owner }))
      .filter(key => maxOf(key, settings) !== undefined)
      .map(key => ({ key, amount: 1 }));
  return {
    running: of('running'),
    changes: of('changes'),
    minutes: of('minutes'),
    auto: of('auto'),
    checks: of('checks'),
    day: of('day'),
    starts: of('starts'),
  };
}

function takesOfTeam(team: string, settings: LimitSettings): TakesByKind {
  return getOrMake(knownOf(settings).team, team, () => {
    const cohort = cohortOf(team, settings);
    return takesIn(
      [
        { scope: 'team', subject: team },
        ...groupsOver(team, settings).map(
          subject => ({ scope: 'group', subject }) as const,
        ),
        ...(cohort === undefined
          ? []
          : [{ scope: 'cohort', subject: cohort } as const]),
      ],
      settings,
    );
  });
}

function takesOfOne(
  scope: 'provider' | 'account' | 'repository',
  subject: string,
  settings: LimitSettings,
): TakesByKind {
  return getOrMake(knownOf(settings)[scope], subject, () =>
    takesIn([{ scope, subject }], settings),
  );
}

/**
 * What a change that needs a person takes of the review budgets of its repository, its team and the groups above. One that is
 * estimated at more minutes than a whole budget takes all of it: it is let in while nothing else is open.
 */
export function reviewTakesOf(
  task: Pick<SlotHolder, 'team' | 'repository' | 'reviewMinutes'>,
  settings: LimitSettings,
): readonly Take[] {
  const team = takesOfTeam(task.team, settings);
  return [
    ...takesOfOne('repository', task.repository, settings).changes,
    ...team.changes,
    ...team.minutes.map(({ key }) => {
      const all = maxOf(key, settings) ?? Infinity;
      return {
        key,
        // Nothing is let into a budget of nothing.
        amount:
          all > 0 ? Math.min(task.reviewMinutes, all) : task.reviewMinutes,
      };
    }),
  ];
}

/**
 * All that a task takes when it is admitted, of limits that there are; the portal's run slot comes first. Tasks that are
 * alike get the same list.
 */
export function takesOf(
  task: SlotHolder,
  settings: LimitSettings,
): readonly Take[] {
  const { portal, tasks } = knownOf(settings);
  const ofTeam = getOrMake(tasks, task.team, () => new Map());
  const alike = getOrMake(ofTeam, task.repository, () => new Map());
  const rest = `${task.lane} ${task.reviewMinutes} ${task.provider} ${task.account}`;
  return getOrMake(alike, rest, () => {
    const provider = takesOfOne('provider', task.provider, settings);
    const account = takesOfOne('account', task.account, settings);
    const repository = takesOfOne('repository', task.repository, settings);
    const team = takesOfTeam(task.team, settings);
    return [
      ...portal.running,
      ...provider.running,
      ...account.running,
      ...repository.running,
      ...team.running,
      ...(task.lane === 'auto'
        ? [...repository.auto, ...team.auto]
        : reviewTakesOf(task, settings)),
      ...portal.checks,
      ...team.day,
      ...account.starts,
    ];
  });
}
