import { Rollout, TaskState } from '@agent-tasks/plugin-agent-tasks-common';
import { CampaignProgress } from '../policy/campaignState';
import { CheckCount, RevertCount } from './CampaignProgressStore';
import { CampaignCount, StoredCampaign, StoredWave } from './CampaignStore';

/** What is read of a campaign to decide on it. */
export interface CampaignFacts {
  campaign: Pick<StoredCampaign, 'id' | 'rollout' | 'cancelled'>;
  waves: readonly StoredWave[];
  counts: readonly CampaignCount[];
  checks: readonly CheckCount[];
  reverts: readonly RevertCount[];
  paused: boolean;
  now: Date;
}

/** Whether a rule looks at checks, which are counted only then. */
export function looksAtChecks(rollout: Rollout): boolean {
  return rollout.stopOn?.checksFailedPercent !== undefined;
}

/** Whether a rule looks at reverts, which are counted only then. */
export function looksAtReverts(rollout: Rollout): boolean {
  return rollout.stopOn?.revertedPercent !== undefined;
}

/** Puts together what a decision is made from. */
export function toProgress(facts: CampaignFacts): CampaignProgress {
  const { campaign, waves, counts, checks, reverts, paused, now } = facts;
  return {
    now,
    rollout: campaign.rollout,
    paused,
    cancelled: campaign.cancelled !== undefined,
    waves: waves.map(wave => {
      const own = counts.filter(one => one.wave === wave.number);
      const check = checks.find(one => one.wave === wave.number);
      return {
        number: wave.number,
        releasedAt: wave.releasedAt,
        approved: wave.approvedAt !== undefined,
        stopped: wave.stop !== undefined,
        continued: wave.continuedAt !== undefined,
        states: countStates(own),
        lastSettledAt: latest(own.map(one => one.lastSettledAt)),
        reverted: reverts.find(one => one.wave === wave.number)?.tasks ?? 0,
        checks: { known: check?.known ?? 0, failed: check?.failed ?? 0 },
      };
    }),
  };
}

/** Tasks by state. */
export function countStates(
  counts: readonly CampaignCount[],
): Partial<Record<TaskState, number>> {
  const states: Partial<Record<TaskState, number>> = {};
  for (const { state, tasks } of counts) {
    states[state] = (states[state] ?? 0) + tasks;
  }
  return states;
}

/** The last of some times. */
export function latest(times: readonly (Date | undefined)[]): Date | undefined {
  return times.reduce(
    (last, time) => (time && (!last || time > last) ? time : last),
    undefined,
  );
}
