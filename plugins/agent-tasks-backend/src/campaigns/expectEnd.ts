import { CampaignWave, Rollout } from '@agent-tasks/plugin-agent-tasks-common';

/** What the end of a campaign is reckoned from. */
export interface EndBasis {
  now: Date;
  launchedAt: Date;
  /** When the last task settled. */
  lastSettledAt?: Date;
  settled: number;
  rollout: Rollout;
  waves: readonly { state: CampaignWave['state']; open: number }[];
  /** Medians of what was measured lately, in seconds. */
  runSeconds?: number;
  reviewSeconds?: number;
  /** Run slots of the whole portal. */
  slots: number;
}

/** With fewer tasks than these the pace so far says little. */
const paceFrom = 5;

/**
 * When a campaign is expected to end: at the pace of its tasks so far, else by the times that were measured lately.
 * `undefined`: nothing is known to reckon from, or it waits for a person.
 */
export function expectEnd(
  basis: EndBasis,
): { at: Date; assumption: string } | undefined {
  const { now, rollout, waves, settled, runSeconds, reviewSeconds } = basis;
  const open = waves.reduce((sum, wave) => sum + wave.open, 0);
  const held = waves.some(
    wave => wave.state === 'stopped' || wave.state === 'waiting_for_approval',
  );
  if (!open || held) {
    return undefined;
  }
  const toCome = waves.filter(wave => wave.state === 'waiting').length;
  const soaking = toCome * (rollout.soakSeconds ?? 0);
  const approvals =
    rollout.continue === 'approval' && toCome
      ? ', and each wave is approved at once'
      : '';
  if (settled >= paceFrom && basis.lastSettledAt) {
    const seconds = Math.max(
      1,
      (basis.lastSettledAt.getTime() - basis.launchedAt.getTime()) / 1000,
    );
    return {
      at: after(now, (open * seconds) / settled + soaking),
      assumption: `Tasks settle at the pace so far, ${describePace(settled / seconds)}${approvals}.`,
    };
  }
  if (runSeconds === undefined) {
    return undefined;
  }
  const seconds = waves
    .filter(wave => wave.open)
    .reduce(
      (sum, wave) =>
        sum +
        Math.ceil(wave.open / Math.max(1, basis.slots)) * runSeconds +
        (reviewSeconds ?? 0),
      soaking,
    );
  return {
    at: after(now, seconds),
    assumption: `Runs${
      reviewSeconds === undefined ? '' : ' and reviews'
    } take as long as lately, and all ${basis.slots} run slots are free for it${approvals}.`,
  };
}

function after(now: Date, seconds: number): Date {
  return new Date(now.getTime() + Math.round(seconds) * 1000);
}

function describePace(perSecond: number): string {
  const perHour = perSecond * 3600;
  const [pace, unit] =
    perHour >= 1 ? [perHour, 'an hour'] : [perHour * 24, 'a day'];
  return `${pace >= 10 ? Math.round(pace) : Math.round(pace * 10) / 10} ${unit}`;
}
