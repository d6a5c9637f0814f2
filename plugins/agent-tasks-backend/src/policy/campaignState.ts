import {
  CampaignState,
  CampaignStop,
  CampaignWave,
  Rollout,
  TaskState,
} from '@agent-tasks/plugin-agent-tasks-common';

/** How far a wave is. */
export interface WaveProgress {
  number: number;
  /** Absent: it has not begun. */
  releasedAt?: Date;
  /** Somebody has approved that it begins. */
  approved: boolean;
  /** A rule stopped the campaign when this was the newest wave. */
  stopped: boolean;
  /** Somebody went on after that. */
  continued: boolean;
  /** Tasks by state. */
  states: Partial<Record<TaskState, number>>;
  /** When the last of its tasks settled. */
  lastSettledAt?: Date;
  /** Merged changes of which is known that they were reverted. */
  reverted: number;
  /** Changes whose checks came to an end, and those of them whose checks failed. */
  checks: { known: number; failed: number };
}

/** How far a campaign is. */
export interface CampaignProgress {
  now: Date;
  rollout: Rollout;
  /** In their order; at least one. */
  waves: readonly WaveProgress[];
  /** A brake that a person pulled is on it. */
  paused: boolean;
  cancelled: boolean;
}

/** What is to be done with a campaign, and how it stands before that is done. */
export interface CampaignDecision {
  state: CampaignState;
  waves: {
    number: number;
    state: CampaignWave['state'];
    /** Of a wave that soaks: until when. */
    continuesAt?: Date;
  }[];
  action?:
    | { do: 'release'; wave: number }
    | ({ do: 'stop'; wave: number } & Pick<
        CampaignStop,
        'rule' | 'actualPercent' | 'limitPercent' | 'counted'
      >);
  /** When it is to be looked at again, whatever happens until then. */
  lookAt?: Date;
}

const waitingStates = ['held', 'queued'] as const;
const settledStates = [
  'merged',
  'closed',
  'no_change',
  'failed',
  'cancelled',
  'joined',
] as const;
/** Ends that say something of the template: whoever cancels a task says nothing of it. */
const outcomes = ['merged', 'closed', 'no_change', 'failed'] as const;

/**
 * Decides how a campaign goes on.
 *
 * @remarks
 *
 * The next wave begins when all tasks of the waves before have settled, the soak time after the last of them is over, and,
 * where the rollout asks for it, somebody has approved it. Going on after a stop does for both. A rule stops the campaign as soon as its share is exceeded,
 * even within a wave: nothing that waits begins then. Shares are taken over all waves that have begun, without those after
 * whose stop a person went on.
 */
export function decideCampaign(progress: CampaignProgress): CampaignDecision {
  const { now, rollout, waves, paused, cancelled } = progress;
  const begun = waves.filter(wave => wave.releasedAt);
  const newest = begun[begun.length - 1];
  const next = waves.find(wave => !wave.releasedAt && isOpen(wave));
  const open = begun.some(wave => isOpen(wave));
  const stoppedAt = begun.find(wave => wave.stopped && !wave.continued);

  const decide = (
    state: CampaignState,
    more: Omit<Partial<CampaignDecision>, 'waves'> & {
      of?: { number: number; state: CampaignWave['state']; until?: Date };
    } = {},
  ): CampaignDecision => {
    const { of, ...rest } = more;
    return {
      state,
      waves: waves.map(wave => {
        if (of && wave.number === of.number) {
          return {
            number: wave.number,
            state: of.state,
            ...(of.until && { continuesAt: of.until }),
          };
        }
        if (!isOpen(wave)) {
          return { number: wave.number, state: 'done' };
        }
        return {
          number: wave.number,
          state: wave.releasedAt ? 'running' : 'waiting',
        };
      }),
      ...rest,
    };
  };

  if (cancelled) {
    return decide('cancelled');
  }
  if (!newest) {
    return next
      ? decide('running', { action: { do: 'release', wave: next.number } })
      : decide('finished');
  }
  if (!next && !open) {
    return decide('finished');
  }
  if (stoppedAt) {
    return decide('stopped', {
      of: { number: stoppedAt.number, state: 'stopped' },
    });
  }
  const waiting =
    next !== undefined || begun.some(wave => count(wave, waitingStates) > 0);
  const broken = waiting ? findBrokenRule(rollout, begun) : undefined;
  if (broken) {
    return decide('stopped', {
      of: { number: newest.number, state: 'stopped' },
      action: { do: 'stop', wave: newest.number, ...broken },
    });
  }
  if (open || !next) {
    return decide(paused ? 'paused' : 'running');
  }
  const settledAt = Math.max(
    ...begun.map(wave => (wave.lastSettledAt ?? wave.releasedAt!).getTime()),
  );
  const continuesAt = new Date(settledAt + (rollout.soakSeconds ?? 0) * 1000);
  // Whoever went on after a stop has looked at what came of the wave, and lets the next one begin.
  const letGo = newest.continued;
  if (!letGo && now < continuesAt) {
    return decide(paused ? 'paused' : 'running', {
      of: { number: newest.number, state: 'soaking', until: continuesAt },
      lookAt: continuesAt,
    });
  }
  if (!letGo && rollout.continue === 'approval' && !next.approved) {
    return decide(paused ? 'paused' : 'waiting_for_approval', {
      of: { number: next.number, state: 'waiting_for_approval' },
    });
  }
  return paused
    ? decide('paused')
    : decide('running', { action: { do: 'release', wave: next.number } });
}

/** The first rule whose share is exceeded. */
function findBrokenRule(rollout: Rollout, begun: readonly WaveProgress[]) {
  const { stopOn = {} } = rollout;
  const forgiven = begun.reduce(
    (last, wave) => (wave.continued ? wave.number : last),
    0,
  );
  const counted = begun.filter(wave => wave.number > forgiven);
  const sum = (of: (wave: WaveProgress) => number) =>
    counted.reduce((total, wave) => total + of(wave), 0);
  const known = sum(wave => count(wave, outcomes));
  const rules = [
    ['failed', stopOn.failedPercent, sum(w => w.states.failed ?? 0), known],
    ['closed', stopOn.closedPercent, sum(w => w.states.closed ?? 0), known],
    ['reverted', stopOn.revertedPercent, sum(w => w.reverted), known],
    [
      'checks_failed',
      stopOn.checksFailedPercent,
      sum(wave => wave.checks.failed),
      sum(wave => wave.checks.known),
    ],
  ] as const;
  for (const [rule, limitPercent, bad, of] of rules) {
    if (limitPercent !== undefined && of >= (stopOn.minTasks ?? 1)) {
      const actualPercent = Math.round((bad / of) * 10_000) / 100;
      if (actualPercent > limitPercent) {
        return { rule, actualPercent, limitPercent, counted: of };
      }
    }
  }
  return undefined;
}

function isOpen(wave: WaveProgress): boolean {
  const all = Object.values(wave.states).reduce((sum, one) => sum + one, 0);
  return count(wave, settledStates) < all;
}

function count(wave: WaveProgress, states: readonly TaskState[]): number {
  return states.reduce((sum, state) => sum + (wave.states[state] ?? 0), 0);
}
