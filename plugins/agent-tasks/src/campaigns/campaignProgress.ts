import {
  type Campaign,
  type CampaignSummary,
  settledTaskStates,
  type TaskState,
} from '@agent-tasks/plugin-agent-tasks-common';

/** What tasks of a campaign can be, the ends first and then from the last step to the first; each is in one of these. */
export const campaignParts = [
  'merged',
  'failed',
  'without',
  'inReview',
  'working',
  'waiting',
  'held',
] as const;

export type CampaignPart = (typeof campaignParts)[number];

/** How many tasks are in each part. */
export type PartCounts = Record<CampaignPart, number>;

const partOf: Record<TaskState, CampaignPart> = {
  merged: 'merged',
  in_review: 'inReview',
  starting: 'working',
  undecided: 'working',
  running: 'working',
  needs_input: 'working',
  cancelling: 'working',
  queued: 'waiting',
  held: 'held',
  failed: 'failed',
  closed: 'without',
  no_change: 'without',
  cancelled: 'without',
  joined: 'without',
};

/** Counts tasks by part; a state that is not known here counts as work under way. */
export function countParts(states: Record<string, number>): PartCounts {
  const counts: PartCounts = {
    merged: 0,
    inReview: 0,
    working: 0,
    waiting: 0,
    held: 0,
    failed: 0,
    without: 0,
  };
  for (const [state, count] of Object.entries(states)) {
    counts[partOf[state as TaskState] ?? 'working'] += count;
  }
  return counts;
}

/** How many tasks have come to their end. */
export function countSettled(states: Record<string, number>): number {
  return settledTaskStates.reduce((sum, one) => sum + (states[one] ?? 0), 0);
}

/** Whether anything can still happen in a campaign. */
export function isOver(campaign: Pick<CampaignSummary, 'state'>): boolean {
  return campaign.state === 'finished' || campaign.state === 'cancelled';
}

/** The wave that was released last; the first one where none was. */
export function currentWave(
  campaign: Pick<Campaign, 'waves'>,
): Campaign['waves'][number] | undefined {
  return (
    campaign.waves.filter(wave => wave.releasedAt).at(-1) ?? campaign.waves[0]
  );
}
