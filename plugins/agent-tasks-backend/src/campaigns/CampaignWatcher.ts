import {
  CampaignStop,
  isSettled,
} from '@agent-tasks/plugin-agent-tasks-common';
import { LoggerService } from '@backstage/backend-plugin-api';
import { EventStore } from '../audit/EventStore';
import { newId } from '../database/ids';
import { Clock } from '../loops/Clock';
import { Wakeups } from '../loops/Wakeups';
import { CampaignDecision, decideCampaign } from '../policy/campaignState';
import { BrakeStore } from '../queue/BrakeStore';
import { TaskFeed } from '../queue/TaskFeed';
import { TaskStore } from '../queue/TaskStore';
import {
  countStates,
  looksAtChecks,
  looksAtReverts,
  toProgress,
} from './campaignProgress';
import { CampaignProgressStore, DueCampaign } from './CampaignProgressStore';
import { CampaignStore, StoredCampaign } from './CampaignStore';
import { CampaignView } from './CampaignView';
import { HeldTasks } from './HeldTasks';

/** Campaigns of one round. */
const lookedAtOnce = 50;

/** Without anything that happens a campaign is looked at so often. */
const idleMs = 60_000;

/** Changed tasks that are kept until the next round; of more, their campaigns are found when they are due anyway. */
const hintsAtMost = 20_000;

/** Tasks named as evidence of a stop. */
const evidenceTold = 20;

const ruleWords: Record<CampaignStop['rule'], string> = {
  failed: 'failed',
  closed: 'were closed without being merged',
  reverted: 'were reverted',
  checks_failed: 'have failed checks',
};

/**
 * Lets campaigns go on: begins their waves, stops them by their rules, and closes batching windows.
 *
 * @remarks
 *
 * Whether a wave begins is decided while the campaign is locked, so that several replicas never begin one twice. The tasks
 * of a wave are let go afterwards, some at a time; a replica that dies on the way leaves the rest to the next round.
 */
export class CampaignWatcher {
  readonly #options: CampaignWatcherOptions;
  #hints = new Set<string>();

  private constructor(options: CampaignWatcherOptions) {
    this.#options = options;
  }

  static create(options: CampaignWatcherOptions): CampaignWatcher {
    return new CampaignWatcher(options);
  }

  /** Tasks have changed: their campaigns are looked at in the next round. */
  notice(taskIds: Iterable<string>): void {
    for (const id of taskIds) {
      if (this.#hints.size >= hintsAtMost) {
        return;
      }
      this.#hints.add(id);
    }
  }

  async round(): Promise<void> {
    const { progress, held, clock, feed, wakeups } = this.#options;
    const hints = [...this.#hints];
    this.#hints = new Set();
    if (hints.length) {
      await progress.noteChanges(hints, clock.now());
    }
    const closed = await held.closeWindows();
    if (closed.length) {
      feed.publish(closed);
      wakeups.wake('admission');
    }
    for (;;) {
      const due = await progress.listDue(clock.now(), lookedAtOnce);
      await this.#lookAt(due);
      if (due.length < lookedAtOnce) {
        return;
      }
    }
  }

  /** Looks at a campaign at once, after a person has decided something. */
  async look(id: string): Promise<void> {
    const { campaigns, clock } = this.#options;
    const at = clock.now();
    await campaigns.makeDue([id], at);
    await this.#lookAt([{ id, dueAt: at }]);
  }

  async #lookAt(due: readonly DueCampaign[]): Promise<void> {
    if (!due.length) {
      return;
    }
    const { campaigns, progress, view, clock, logger } = this.#options;
    const ids = due.map(one => one.id);
    const stored = (await Promise.all(ids.map(id => campaigns.get(id)))).filter(
      (one): one is StoredCampaign => one !== undefined,
    );
    const waves = await campaigns.listWaves(ids);
    const [counts, checks, reverts, paused] = await Promise.all([
      campaigns.count(ids),
      progress.countChecks(
        stored
          .filter(one => looksAtChecks(one.rollout))
          .map(campaign => campaign.id),
      ),
      progress.countReverts(
        stored
          .filter(one => looksAtReverts(one.rollout))
          .map(campaign => campaign.id),
      ),
      this.#listPaused(waveBrakes(waves)),
    ]);
    const looks: Parameters<CampaignProgressStore['noteLooks']>[0][number][] =
      [];
    for (const campaign of stored) {
      const now = clock.now();
      const of = <T extends { campaignId: string }>(all: readonly T[]) =>
        all.filter(one => one.campaignId === campaign.id);
      const own = of(counts);
      let decision = decideCampaign(
        toProgress({
          campaign,
          waves: of(waves),
          counts: own,
          checks: of(checks),
          reverts: of(reverts),
          paused: paused.has(campaign.id),
          now,
        }),
      );
      const begun = of(waves).filter(wave => wave.releasedAt);
      const waiting = own.some(
        one =>
          one.state === 'held' && begun.some(wave => wave.number === one.wave),
      );
      try {
        if (decision.action) {
          decision = await this.#act(campaign);
        } else if (waiting && !campaign.cancelled) {
          // Somebody died while letting them go, or they are in their batching window.
          await this.#release(campaign, begun[begun.length - 1].number);
        }
      } catch (error) {
        // The others go on. This one is tried again when it is due.
        logger.error(
          `The campaign ${campaign.id} could not go on and will be tried again`,
          error instanceof Error ? error : new Error(String(error)),
        );
        continue;
      }
      looks.push({
        ...due.find(one => one.id === campaign.id)!,
        at: now,
        state: toStored(decision),
        states: countStates(own),
        nextAt: this.#nextLook(decision, own, now),
        ...(!campaign.plannedEnd && {
          plannedEnd: await view.planEnd(campaign),
        }),
      });
    }
    await progress.noteLooks(looks);
  }

  #nextLook(
    decision: CampaignDecision,
    counts: readonly { state: Parameters<typeof isSettled>[0] }[],
    now: Date,
  ): Date | undefined {
    if (
      (decision.state === 'finished' || decision.state === 'cancelled') &&
      counts.every(one => isSettled(one.state))
    ) {
      return undefined;
    }
    if (decision.action) {
      // What was done is seen, and what follows of it.
      return new Date(now.getTime() + 1_000);
    }
    return new Date(
      Math.min(
        now.getTime() + idleMs,
        decision.lookAt?.getTime() ?? Number.POSITIVE_INFINITY,
      ),
    );
  }

  /** Decides anew while nobody else can, and does what was decided. */
  async #act(campaign: StoredCampaign): Promise<CampaignDecision> {
    const { campaigns, progress, tasks, events, brakes, clock, wakeups } =
      this.#options;
    const decision = await tasks.transaction(async tx => {
      const locked = await campaigns.lock(tx, campaign.id);
      const ids = [campaign.id];
      const waves = await campaigns.listWaves(ids, tx);
      const now = clock.now();
      const on = await brakes.listActive(now, tx);
      const stops = waveBrakes(waves);
      const decided = decideCampaign(
        toProgress({
          campaign: locked ?? campaign,
          waves,
          counts: await campaigns.count(ids, tx),
          checks: await progress.countChecks(
            looksAtChecks(campaign.rollout) ? ids : [],
            tx,
          ),
          reverts: await progress.countReverts(
            looksAtReverts(campaign.rollout) ? ids : [],
            tx,
          ),
          paused: on.some(
            one =>
              one.scope === 'campaign' &&
              one.subject === campaign.id &&
              !stops.has(one.id),
          ),
          now,
        }),
      );
      const { action } = decided;
      if (action?.do === 'release') {
        await progress.release(tx, {
          campaignId: campaign.id,
          wave: action.wave,
          at: now,
        });
        await events.append(tx, [
          {
            at: now,
            type: 'campaign.wave_begun',
            actor: 'system',
            campaignId: campaign.id,
            message: `Wave ${action.wave} of ${waves.length} begins.`,
            details: { wave: action.wave, of: waves.length },
          },
        ]);
      } else if (action?.do === 'stop') {
        const { do: _do, wave, ...rule } = action;
        const forgiven = waves
          .filter(one => one.continuedAt)
          .map(one => one.number);
        const stop: CampaignStop = {
          ...rule,
          at: now.toISOString(),
          message: `${rule.actualPercent} % of ${rule.counted} ${
            rule.counted === 1 ? 'task' : 'tasks'
          } ${ruleWords[rule.rule]}, more than the ${rule.limitPercent} % that its rollout allows. Nothing more of it starts until somebody goes on.`,
          evidence: await progress.findEvidence(tx, {
            campaignId: campaign.id,
            rule: rule.rule,
            waves: waves
              .filter(
                one => one.releasedAt && one.number > Math.max(0, ...forgiven),
              )
              .map(one => one.number),
            limit: evidenceTold,
          }),
        };
        const brake = newId('brake');
        await brakes.insert(tx, {
          id: brake,
          scope: 'campaign',
          subject: campaign.id,
          reason: stop.message,
          pulledBy: 'system',
          pulledAt: now,
        });
        await progress.stop(tx, { campaignId: campaign.id, wave, stop, brake });
        await events.append(tx, [
          {
            at: now,
            type: 'campaign.stopped',
            actor: 'system',
            campaignId: campaign.id,
            message: stop.message,
            details: {
              wave,
              rule: stop.rule,
              actualPercent: stop.actualPercent,
              limitPercent: stop.limitPercent,
              counted: stop.counted,
              evidence: stop.evidence.map(one => one.taskId),
            },
          },
        ]);
      }
      return decided;
    });
    if (decision.action?.do === 'release') {
      await this.#release(campaign, decision.action.wave);
    }
    wakeups.wake('admission');
    return decision;
  }

  async #release(campaign: StoredCampaign, wave: number): Promise<void> {
    const { held, feed, wakeups } = this.#options;
    const changed = await held.release({
      campaignId: campaign.id,
      wave,
      templateRevisionId: campaign.templateRevisionId,
    });
    if (changed.length) {
      feed.publish(changed);
      wakeups.wake('admission');
    }
  }

  /** Campaigns on which a person has pulled a brake. */
  async #listPaused(stops: ReadonlySet<string>): Promise<Set<string>> {
    const { brakes, clock } = this.#options;
    const active = await brakes.listActive(clock.now());
    return new Set(
      active.flatMap(one =>
        one.scope === 'campaign' && one.subject && !stops.has(one.id)
          ? [one.subject]
          : [],
      ),
    );
  }
}

/** Ids of the brakes that came with stops. */
export function waveBrakes(
  waves: readonly { stopBrake?: string }[],
): ReadonlySet<string> {
  return new Set(
    waves.flatMap(wave => (wave.stopBrake ? [wave.stopBrake] : [])),
  );
}

/** A brake may come off at any time, and is not stored with the state. */
function toStored(decision: CampaignDecision): StoredCampaign['state'] {
  return decision.state === 'paused' ? 'running' : decision.state;
}

export interface CampaignWatcherOptions {
  campaigns: CampaignStore;
  progress: CampaignProgressStore;
  held: HeldTasks;
  view: Pick<CampaignView, 'planEnd'>;
  tasks: TaskStore;
  brakes: BrakeStore;
  events: EventStore;
  clock: Clock;
  feed: TaskFeed;
  wakeups: Wakeups;
  logger: LoggerService;
}
