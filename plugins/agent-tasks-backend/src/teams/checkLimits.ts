import { TeamLimitsRequest } from '@agent-tasks/plugin-agent-tasks-common';
import { InputError } from '@backstage/errors';
import {
  groupNumbers,
  TeamNumber,
  teamNumbers,
  TeamSettingName,
  teamSettingNames,
  TeamValues,
} from './TeamSettings';

interface NumberRule {
  whole: boolean;
  min: number;
  max: number;
}

const count: NumberRule = { whole: true, min: 0, max: 10_000 };
const large: NumberRule = { whole: true, min: 0, max: 100_000 };

const rules: Record<TeamNumber, NumberRule> = {
  running: count,
  borrow: count,
  openChanges: count,
  reviewMinutes: large,
  autoChanges: count,
  launchesPerDay: large,
  // A weight of 0 would mean that the team never has its turn: that is a pause, and says so.
  weight: { whole: false, min: 0.01, max: 1_000 },
};

const cohortName = /^[a-z0-9]([a-z0-9._-]{0,61}[a-z0-9])?$/i;

/** A value to set; `undefined` goes back to the default. */
export type LimitChanges = Partial<
  Record<TeamSettingName, number | string | undefined>
>;

/**
 * Reads the values to set out of a request.
 *
 * @throws InputError that names each value that cannot be, and what could
 */
export function checkLimits(options: {
  request: TeamLimitsRequest;
  /** Whether there are groups below the group. */
  isParent: boolean;
}): LimitChanges {
  const { request, isParent } = options;
  const problems: string[] = [];
  const changes: LimitChanges = {};
  for (const name of teamSettingNames) {
    const value = request[name];
    if (value === undefined) {
      continue;
    }
    // `null` is how JSON says "none".
    changes[name] = value ?? undefined;
    const problem =
      problemOfParent(name, isParent) ??
      (value === null ? undefined : problemOf(name, value));
    if (problem) {
      problems.push(problem);
    }
  }
  if (problems.length) {
    throw new InputError(`${problems.join(' ')} Nothing was changed.`);
  }
  return changes;
}

/** What was set, with changes. */
export function withChanges(
  values: TeamValues,
  changes: LimitChanges,
): TeamValues {
  const result: Record<string, unknown> = { ...values };
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) {
      delete result[name];
    } else {
      result[name] = value;
    }
  }
  return result as TeamValues;
}

function problemOfParent(
  name: TeamSettingName,
  isParent: boolean,
): string | undefined {
  const ofGroups: readonly string[] = groupNumbers;
  return isParent && !ofGroups.includes(name)
    ? `'${name}' cannot be set for a group that has groups below it: set it for those. Its own limits, for the sum of all below it, are ${listOf(groupNumbers)}.`
    : undefined;
}

function problemOf(name: TeamSettingName, value: unknown): string | undefined {
  return name === 'cohort'
    ? problemOfCohort(value)
    : problemOfNumber(name, value);
}

function problemOfNumber(name: TeamNumber, value: unknown): string | undefined {
  const { whole, min, max } = rules[name];
  const fits =
    typeof value === 'number' &&
    Number.isFinite(value) &&
    (!whole || Number.isInteger(value)) &&
    value >= min &&
    value <= max;
  if (fits) {
    return undefined;
  }
  const hint =
    name === 'weight' && value === 0
      ? ' To let nothing start, pause the team.'
      : '';
  return `'${name}' must be a ${whole ? 'whole number' : 'number'} from ${show(
    min,
  )} to ${show(max)}, and is ${String(value)}.${hint}`;
}

function problemOfCohort(value: unknown): string | undefined {
  return typeof value === 'string' && cohortName.test(value)
    ? undefined
    : "'cohort' must be 1 to 63 letters, digits, and - _ . between them.";
}

function show(value: number): string {
  return value.toLocaleString('en-US');
}

function listOf(names: readonly string[]): string {
  return names.map(name => `'${name}'`).join(', ');
}

/** A change of what is in force. */
export interface LimitChange {
  name: TeamSettingName;
  before: number | string | undefined;
  after: number | string | undefined;
  /** Only those who manage limits may do it. */
  raises: boolean;
}

/**
 * What changes between two sets of limits in force. A change raises unless the new number is lower than the old one; no
 * limit is higher than any. Whatever changes a cohort raises, since cohorts lend what belongs to others.
 */
export function compareLimits(before: TeamValues, after: TeamValues) {
  const changes: LimitChange[] = [];
  for (const name of teamNumbers) {
    if (before[name] !== after[name]) {
      changes.push({
        name,
        before: before[name],
        after: after[name],
        raises: (after[name] ?? Infinity) > (before[name] ?? Infinity),
      });
    }
  }
  if (before.cohort !== after.cohort) {
    changes.push({
      name: 'cohort',
      before: before.cohort,
      after: after.cohort,
      raises: true,
    });
  }
  return changes;
}
