import type {
  TeamDetails,
  TeamLimitsRequest,
  TeamSettings,
} from '@agent-tasks/plugin-agent-tasks-common';

/** The limits of a team, in the order of the form. */
export const limitFields = [
  'openChanges',
  'reviewMinutes',
  'running',
  'borrow',
  'cohort',
  'autoChanges',
  'launchesPerDay',
  'weight',
] as const;

export type LimitField = (typeof limitFields)[number];
export type NumberField = Exclude<LimitField, 'cohort'>;

/** What the backend takes; the numbers stand in the description of its API. */
export const limitRanges: Record<
  NumberField,
  { min: number; max: number; isWhole: boolean }
> = {
  openChanges: { min: 0, max: 10_000, isWhole: true },
  reviewMinutes: { min: 0, max: 1_000_000, isWhole: true },
  running: { min: 0, max: 10_000, isWhole: true },
  borrow: { min: 0, max: 10_000, isWhole: true },
  autoChanges: { min: 0, max: 10_000, isWhole: true },
  launchesPerDay: { min: 0, max: 1_000_000, isWhole: true },
  weight: { min: 0.01, max: 1_000, isWhole: false },
};

/** What a person has typed, by field; empty for the default. */
export type LimitTexts = Record<LimitField, string>;

/** What is wrong with a field. */
export type LimitProblem =
  | { kind: 'number' | 'whole' | 'name' }
  | { kind: 'range'; min: number; max: number }
  | { kind: 'raised'; max: number };

/** The texts of a form that changes nothing: what was set, and nothing where the default holds. */
export function toLimitTexts(settings: TeamSettings): LimitTexts {
  return Object.fromEntries(
    limitFields.map(field => {
      const { from, value } = settings[field];
      return [field, from === 'set' ? String(value ?? '') : ''];
    }),
  ) as LimitTexts;
}

/** Whether who may only lower can touch a field at all: a cohort is neither lower nor higher. */
export function isFixed(options: {
  field: LimitField;
  mayRaise: boolean;
}): boolean {
  return !options.mayRaise && ['cohort', 'weight'].includes(options.field);
}

/**
 * What is wrong with what was typed into a field, before anybody sends it; `undefined` where it is right. What was not
 * changed is always right, as somebody else may have set it so.
 */
export function findLimitProblem(options: {
  field: LimitField;
  text: string;
  settings: TeamSettings;
  mayRaise: boolean;
}): LimitProblem | undefined {
  const { field, settings, mayRaise } = options;
  const text = options.text.trim();
  if (text === toLimitTexts(settings)[field]) {
    return undefined;
  }
  if (field === 'cohort') {
    const isName = /^[a-z\d]([a-z\d._-]{0,61}[a-z\d])?$/i.test(text);
    return text === '' || isName ? undefined : { kind: 'name' };
  }
  const { value: inForce = Infinity, default: standard = Infinity } =
    settings[field];
  if (text === '') {
    return mayRaise || standard <= inForce
      ? undefined
      : { kind: 'raised', max: inForce };
  }
  const number = /^\d*[.,]?\d+$/.test(text)
    ? Number(text.replace(',', '.'))
    : NaN;
  const { min, max, isWhole } = limitRanges[field];
  if (Number.isNaN(number)) {
    return { kind: 'number' };
  }
  if (isWhole && !Number.isInteger(number)) {
    return { kind: 'whole' };
  }
  if (number < min || number > max) {
    return { kind: 'range', min, max };
  }
  if (!mayRaise && number > inForce) {
    return { kind: 'raised', max: inForce };
  }
  return undefined;
}

/** Those fields that differ from what holds, as the API takes them: `null` goes back to the default. */
export function toLimitChanges(options: {
  texts: LimitTexts;
  settings: TeamSettings;
}): Omit<TeamLimitsRequest, 'expectedVersion' | 'reason'> {
  const { texts, settings } = options;
  const before = toLimitTexts(settings);
  const toValue = (field: LimitField, text: string) => {
    if (text === '') {
      return null;
    }
    return field === 'cohort' ? text : Number(text.replace(',', '.'));
  };
  return Object.fromEntries(
    limitFields
      .map(field => [field, texts[field].trim()] as const)
      .filter(([field, text]) => text !== before[field])
      .map(([field, text]) => [field, toValue(field, text)]),
  );
}

/** How much of a limit is taken now, for those where lowering it below that is worth a word. */
export function usedOf(
  team: TeamDetails,
  field: LimitField,
): number | undefined {
  switch (field) {
    case 'openChanges':
      return team.changes.used;
    case 'reviewMinutes':
      return team.reviewMinutes.used;
    case 'running':
      return team.running.used;
    case 'autoChanges':
      return team.autoChanges.used;
    case 'launchesPerDay':
      return team.launchesToday.used;
    default:
      return undefined;
  }
}
