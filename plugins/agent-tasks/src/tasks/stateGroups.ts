import type { TaskState } from '@agent-tasks/plugin-agent-tasks-common';

/** What a person asks for first: does it wait, does it work, is it our turn, or is it over? */
export const stateGroups = {
  waiting: ['held', 'queued', 'starting', 'undecided'],
  working: ['running', 'needs_input', 'cancelling'],
  inReview: ['in_review'],
  settled: ['merged', 'closed', 'no_change', 'failed', 'cancelled', 'joined'],
} as const satisfies Record<string, readonly TaskState[]>;

export type StateGroup = keyof typeof stateGroups;

export const stateGroupNames = Object.keys(stateGroups) as StateGroup[];

/** One choice of the state filter: a state, or a group that stands for all of its states. */
export type StateChoice =
  | { kind: 'group'; group: StateGroup }
  | { kind: 'state'; state: TaskState; group: StateGroup };

/** All choices, a group with several states before its states. */
export const stateChoices: StateChoice[] = stateGroupNames.flatMap(group => [
  ...(stateGroups[group].length > 1 ? [{ kind: 'group' as const, group }] : []),
  ...stateGroups[group].map(state => ({
    kind: 'state' as const,
    state: state as TaskState,
    group,
  })),
]);

/** The choices that stand for these states: a complete group as one. */
export function toStateChoices(options: {
  states: readonly TaskState[];
}): StateChoice[] {
  const chosen = new Set(options.states);
  return stateGroupNames.flatMap((group): StateChoice[] => {
    const states = stateGroups[group] as readonly TaskState[];
    if (states.length > 1 && states.every(state => chosen.has(state))) {
      return [{ kind: 'group', group }];
    }
    return states
      .filter(state => chosen.has(state))
      .map(state => ({ kind: 'state', state, group }));
  });
}

/** The states that these choices stand for, each once, in the order of the groups. */
export function toStates(options: {
  choices: readonly StateChoice[];
}): TaskState[] {
  const chosen = new Set<TaskState>(
    options.choices.flatMap((choice): readonly TaskState[] =>
      choice.kind === 'group' ? stateGroups[choice.group] : [choice.state],
    ),
  );
  return stateGroupNames.flatMap(group =>
    (stateGroups[group] as readonly TaskState[]).filter(state =>
      chosen.has(state),
    ),
  );
}

/** Whether two choices are the same one. */
export function isSameStateChoice(one: StateChoice, other: StateChoice) {
  return stateChoiceKey(one) === stateChoiceKey(other);
}

/** A key that no other choice has. */
export function stateChoiceKey(choice: StateChoice): string {
  return choice.kind === 'group' ? `group:${choice.group}` : choice.state;
}

/** The group of a state. */
export function groupOfState(state: TaskState): StateGroup {
  return stateGroupNames.find(group =>
    (stateGroups[group] as readonly TaskState[]).includes(state),
  )!;
}

/** Whether a task goes no further until a person does something. */
export function needsPerson(state: TaskState): boolean {
  return state === 'needs_input' || state === 'undecided';
}
