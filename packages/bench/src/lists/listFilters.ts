import { TaskListQuery } from '@agent-tasks/plugin-agent-tasks-common';
import { campaign, component, requester, team } from './listsWorld';

/** The team with a fifth of all tasks. */
const LARGE_TEAM = team(1);
const SMALL_TEAMS = [2, 77, 250, 333, 500].map(team);

/** Callers that see a part of the tasks. */
export const READERS = {
  twoTeams: {
    token: 'bench-reader-of-two-teams',
    subject: 'two-teams',
    teams: [team(3), team(400)],
    requesters: ['external:two-teams'],
  },
  ownTasks: {
    token: 'bench-reader-of-own-tasks',
    subject: 'own-tasks',
    teams: [],
    requesters: [requester(17)],
  },
  largeTeam: {
    token: 'bench-reader-of-a-large-team',
    subject: 'large-team',
    teams: [LARGE_TEAM, team(9)],
    requesters: [requester(23)],
  },
} as const;

/** What a list is filtered by. */
export interface ListFilter {
  name: string;
  reader?: keyof typeof READERS;
  /** Taken in turn. */
  queries: TaskListQuery[];
}

/** All filters that the page has, alone and combined: those that match much, little and nothing. */
export function listFilters(options: { campaigns: number }): ListFilter[] {
  const campaigns = [0.02, 0.4, 0.99].map(at =>
    campaign(Math.ceil(options.campaigns * at)),
  );
  const states = (...state: NonNullable<TaskListQuery['state']>) => ({ state });
  return [
    { name: 'none', queries: [{}] },
    { name: 'large team', queries: [{ team: [LARGE_TEAM] }] },
    { name: 'small team', queries: SMALL_TEAMS.map(one => ({ team: [one] })) },
    { name: 'ten teams', queries: [{ team: numbers(10, 20).map(team) }] },
    {
      name: 'common state',
      queries: [states('merged'), states('failed'), states('no_change')],
    },
    {
      name: 'active state',
      queries: [states('queued'), states('running'), states('in_review')],
    },
    { name: 'rare state', queries: [states('undecided')] },
    { name: 'no such state', queries: [states('needs_input')] },
    {
      name: 'several states',
      queries: [
        states('queued', 'starting', 'running', 'needs_input', 'in_review'),
        states('undecided', 'needs_input', 'failed'),
        states('merged', 'closed', 'no_change', 'failed', 'cancelled'),
        states('undecided', 'cancelling'),
      ],
    },
    { name: 'common template', queries: [{ template: ['bump-dependency'] }] },
    { name: 'rare template', queries: [{ template: ['rotate-key'] }] },
    {
      name: 'several templates',
      queries: [
        { template: ['rotate-key', 'rename-flag'] },
        { template: ['add-tests', 'rotate-key'] },
      ],
    },
    {
      name: 'campaign',
      queries: campaigns.map(one => ({ campaign: [one] })),
    },
    {
      name: 'component',
      queries: [7, 1_500, 4_999].map(one => ({ component: [component(one)] })),
    },
    {
      name: 'several components',
      queries: [{ component: numbers(100, 120).map(component) }],
    },
    {
      name: 'large team + common state',
      queries: [
        { team: [LARGE_TEAM], ...states('merged') },
        { team: [LARGE_TEAM], ...states('failed') },
      ],
    },
    {
      name: 'large team + rare state',
      queries: [
        { team: [LARGE_TEAM], ...states('undecided') },
        { team: [LARGE_TEAM], ...states('needs_input') },
        { team: [LARGE_TEAM], ...states('undecided', 'needs_input') },
      ],
    },
    {
      name: 'small team + state',
      queries: [
        { team: [SMALL_TEAMS[0]], ...states('merged') },
        { team: [SMALL_TEAMS[1]], ...states('undecided') },
        { team: [SMALL_TEAMS[2]], ...states('queued') },
        { team: [SMALL_TEAMS[3]], ...states('failed', 'undecided') },
      ],
    },
    {
      name: 'large team + template',
      queries: [
        { team: [LARGE_TEAM], template: ['bump-dependency'] },
        { team: [LARGE_TEAM], template: ['rotate-key'] },
        { team: [LARGE_TEAM], template: ['rename-flag'] },
      ],
    },
    {
      name: 'small team + template',
      queries: [
        { team: [SMALL_TEAMS[0]], template: ['bump-dependency'] },
        { team: [SMALL_TEAMS[1]], template: ['rotate-key'] },
      ],
    },
    {
      name: 'template + state',
      queries: [
        { template: ['bump-dependency'], ...states('merged') },
        { template: ['bump-dependency'], ...states('undecided') },
        { template: ['migrate-logger'], ...states('cancelled') },
        { template: ['rotate-key'], ...states('undecided') },
        { template: ['rotate-key'], ...states('failed') },
        { template: ['rename-flag'], ...states('in_review') },
      ],
    },
    {
      name: 'team + template + state',
      queries: [
        {
          team: [LARGE_TEAM],
          template: ['bump-dependency'],
          ...states('undecided'),
        },
        {
          team: [LARGE_TEAM],
          template: ['rotate-key'],
          ...states('failed'),
        },
        {
          team: [SMALL_TEAMS[2]],
          template: ['add-tests'],
          ...states('merged', 'failed'),
        },
      ],
    },
    {
      name: 'campaign + state',
      queries: campaigns.map(one => ({ campaign: [one], ...states('failed') })),
    },
    {
      name: 'component + state',
      queries: [
        { component: [component(7)], ...states('failed') },
        { component: [component(4_000)], ...states('undecided') },
      ],
    },
    { name: 'reader of two teams', reader: 'twoTeams', queries: [{}] },
    {
      name: 'reader of two teams + state',
      reader: 'twoTeams',
      queries: [states('merged'), states('undecided'), states('queued')],
    },
    { name: 'reader of own tasks', reader: 'ownTasks', queries: [{}] },
    {
      name: 'reader of own tasks + state',
      reader: 'ownTasks',
      queries: [states('merged'), states('undecided')],
    },
    { name: 'reader of a large team', reader: 'largeTeam', queries: [{}] },
    {
      name: 'reader of a large team + state',
      reader: 'largeTeam',
      queries: [states('failed'), states('undecided'), states('needs_input')],
    },
    {
      name: 'reader of a large team + template',
      reader: 'largeTeam',
      queries: [{ template: ['rotate-key'] }, { template: ['fix-lint'] }],
    },
  ];
}

function numbers(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}
