// What the tables hold, and how it is distributed: as skewed as years of use make it.

/** How many there are. */
export interface ListsWorld {
  tasks: number;
  /** Of the oldest tasks to the newest, one campaign each. */
  tasksPerCampaign: number;
}

/** Repositories; each has one component. The first fifth belongs to the first team, so that it has a fifth of all tasks. */
export const REPOSITORIES = 5_000;
const FIRST_TEAM_SHARE = 5;

/** Further teams, which share the rest evenly. */
export const OTHER_TEAMS = 499;

/** Templates by their share of the campaigns, in thousandths. */
export const TEMPLATES: readonly { name: string; share: number }[] = [
  { name: 'bump-dependency', share: 600 },
  { name: 'fix-lint', share: 250 },
  { name: 'add-tests', share: 100 },
  { name: 'migrate-logger', share: 40 },
  { name: 'rename-flag', share: 9 },
  { name: 'rotate-key', share: 1 },
];

/** States of what is over, by their share in thousandths; `undecided` is what nobody ever looked at. */
export const STATES: readonly { name: string; share: number }[] = [
  { name: 'merged', share: 700 },
  { name: 'closed', share: 120 },
  { name: 'no_change', share: 80 },
  { name: 'failed', share: 50 },
  { name: 'cancelled', share: 49 },
  { name: 'undecided', share: 1 },
];

/** Among the newest tasks, one in so many of these is not over. */
export const ACTIVE_STATES = ['queued', 'running', 'in_review'] as const;

/** How many of the newest tasks are in one of `ACTIVE_STATES`, as a part of all. */
export const ACTIVE_SHARE = 500;

/** Who launched, by campaign. */
export const REQUESTERS = 400;

/** A task works in the repository with this number, from 1; a campaign takes them all over the organisation. */
export const repositoryOf = (i: string): string =>
  `(${scatter(i, 2_654_435_761)} % ${REPOSITORIES} + 1)`;

/** The number of a repository's team, from 1. */
export const teamOf = (repository: string): string =>
  `(case when ${repository} <= ${REPOSITORIES / FIRST_TEAM_SHARE} then 1 else ${repository} % ${OTHER_TEAMS} + 2 end)`;

/** 0 to 999, as good as random, and the same for the same number. */
export const thousandthOf = (i: string, salt: number): string =>
  `(${scatter(i, salt)} % 1000)`;

/** An expression that picks a name by its share. */
export function pick(
  thousandth: string,
  choices: readonly { name: string; share: number }[],
): string {
  let sum = 0;
  const cases = choices.map(({ name, share }) => {
    sum += share;
    return `when ${thousandth} < ${sum} then '${name}'`;
  });
  return `(case ${cases.join(' ')} end)`;
}

/** The entity ref of a team, by its number. */
export function team(number: number): string {
  return `group:default/team-${String(number).padStart(3, '0')}`;
}

/** The entity ref of the component in a repository, by its number. */
export function component(number: number): string {
  return `component:default/service-${String(number).padStart(4, '0')}`;
}

/** The id of a campaign, by its number. */
export function campaign(number: number): string {
  return `camp_${String(number).padStart(26, '0')}`;
}

/** Who launched, by number. */
export function requester(number: number): string {
  return `user:default/user-${String(number).padStart(3, '0')}`;
}

function scatter(i: string, factor: number): string {
  return `(${i} * ${factor} % 4294967296 / 4096)`;
}
