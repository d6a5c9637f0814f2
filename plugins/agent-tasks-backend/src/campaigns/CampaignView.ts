import {
  Campaign,
  CampaignBurndown,
  CampaignPause,
  isSettled,
} from '@agent-tasks/plugin-agent-tasks-common';
import { Clock } from '../loops/Clock';
import { CampaignDecision, decideCampaign } from '../policy/campaignState';
import { BrakeStore, StoredBrake } from '../queue/BrakeStore';
import { MeasuredTimes } from '../queue/MeasuredTimes';
import { TeamGroupStore } from '../teams/TeamGroupStore';
import { TemplateStore } from '../templates/TemplateStore';
import { BurndownReader } from './BurndownReader';
import {
  CampaignFacts,
  countStates,
  latest,
  looksAtChecks,
  looksAtReverts,
  toProgress,
} from './campaignProgress';
import { CampaignProgressStore } from './CampaignProgressStore';
import { CampaignCount, CampaignStore, StoredCampaign } from './CampaignStore';
import { expectEnd } from './expectEnd';

/** Ids of tasks that a campaign names. */
const tasksNamed = 100;

/** A campaign with what was decided on it. */
interface Look extends CampaignFacts {
  campaign: StoredCampaign;
  decision: CampaignDecision;
  brake?: StoredBrake;
}

/** Shows campaigns, counted by the database, whatever their size. */
export class CampaignView {
  readonly #options: CampaignViewOptions;

  private constructor(options: CampaignViewOptions) {
    this.#options = options;
  }

  static create(options: CampaignViewOptions): CampaignView {
    return new CampaignView(options);
  }

  /** One campaign; what the caller may do with it is for others to say. */
  async read(campaign: StoredCampaign): Promise<Campaign> {
    const { campaigns, templates, groups } = this.#options;
    const [look, template, tasks, allGroups] = await Promise.all([
      this.#look(campaign),
      templates.getRevision(campaign.templateRevisionId),
      campaigns.listTasks(campaign.id, tasksNamed),
      groups.list(),
    ]);
    const { counts, decision, waves, brake } = look;
    const gone = new Set(
      allGroups.filter(group => group.gone).map(group => group.ref),
    );
    const end = await this.#expectEnd(look);
    return {
      id: campaign.id,
      state: decision.state,
      template: {
        name: template.template,
        title: template.title,
        revision: template.number,
      },
      parameters: campaign.parameters,
      requester: campaign.requester,
      createdAt: campaign.createdAt.toISOString(),
      taskCount: campaign.taskCount,
      tasks,
      priority: campaign.priority,
      states: countStates(counts),
      excluded: campaign.excluded,
      rollout: campaign.rollout,
      waves: waves.map((wave, index) => {
        const decided = decision.waves[index];
        return {
          number: wave.number,
          size: wave.size,
          tasks: wave.tasks,
          states: countStates(
            counts.filter(one => one.wave === wave.number),
          ) as Record<string, number>,
          state: decided.state,
          ...(wave.releasedAt && { releasedAt: wave.releasedAt.toISOString() }),
          ...(decided.continuesAt && {
            continuesAt: decided.continuesAt.toISOString(),
          }),
          ...(wave.approvedBy && { approvedBy: wave.approvedBy }),
          ...(wave.continuedBy && { continuedBy: wave.continuedBy }),
          ...(wave.stop && { stop: wave.stop }),
        };
      }),
      teams: teamsOf(counts, gone),
      ...(campaign.selection && { selection: campaign.selection }),
      ...(campaign.trigger && { trigger: campaign.trigger }),
      ...(brake && { paused: toPause(brake) }),
      ...(campaign.cancelled && {
        cancelled: {
          reason: campaign.cancelled.reason,
          by: campaign.cancelled.by,
          at: campaign.cancelled.at.toISOString(),
        },
      }),
      ...(end && {
        expectedEnd: { at: end.at.toISOString(), assumption: end.assumption },
      }),
      can: { cancel: false, approve: false, create: false },
    };
  }

  async burndown(campaign: StoredCampaign): Promise<CampaignBurndown> {
    const { clock, burndowns } = this.#options;
    const now = clock.now();
    const look = await this.#look(campaign);
    const [points, end] = await Promise.all([
      burndowns.read({
        campaignId: campaign.id,
        from: campaign.createdAt,
        to: hasEnded(look.counts)
          ? (latest(look.counts.map(one => one.lastSettledAt)) ?? now)
          : now,
      }),
      this.#expectEnd(look),
    ]);
    const open = points[points.length - 1]?.open ?? 0;
    const { plannedEnd, createdAt, taskCount } = campaign;
    return {
      points: points.map(point => ({ ...point, at: point.at.toISOString() })),
      planned: plannedEnd
        ? [
            { at: createdAt.toISOString(), open: taskCount },
            { at: plannedEnd.toISOString(), open: 0 },
          ]
        : [],
      forecast:
        end && open
          ? [
              { at: now.toISOString(), open },
              { at: end.at.toISOString(), open: 0 },
            ]
          : [],
    };
  }

  async #look(campaign: StoredCampaign): Promise<Look> {
    const { campaigns, progress, brakes, clock } = this.#options;
    const now = clock.now();
    const ids = [campaign.id];
    const [waves, counts, checks, reverts, active] = await Promise.all([
      campaigns.listWaves(ids),
      campaigns.count(ids),
      progress.countChecks(looksAtChecks(campaign.rollout) ? ids : []),
      progress.countReverts(looksAtReverts(campaign.rollout) ? ids : []),
      brakes.listActive(now),
    ]);
    const stops = new Set(waves.map(wave => wave.stopBrake));
    const brake = active.find(
      one =>
        one.scope === 'campaign' &&
        one.subject === campaign.id &&
        !stops.has(one.id),
    );
    const facts = {
      campaign,
      waves,
      counts,
      checks,
      reverts,
      paused: brake !== undefined,
      now,
    };
    return { ...facts, decision: asItIs(facts), brake };
  }

  async #expectEnd(
    look: Look,
  ): Promise<{ at: Date; assumption: string } | undefined> {
    const { times, templates, runningMax } = this.#options;
    const { campaign, counts, decision, now } = look;
    if (decision.state === 'paused' || hasEnded(counts)) {
      return undefined;
    }
    const [measured, revision] = await Promise.all([
      times.read(),
      templates.getRevision(campaign.templateRevisionId),
    ]);
    const settled = counts.filter(one => isSettled(one.state));
    return expectEnd({
      now,
      launchedAt: campaign.createdAt,
      lastSettledAt: latest(settled.map(one => one.lastSettledAt)),
      settled: settled.reduce((sum, one) => sum + one.tasks, 0),
      rollout: campaign.rollout,
      waves: decision.waves.map(wave => ({
        state: wave.state,
        open: counts
          .filter(one => one.wave === wave.number && !isSettled(one.state))
          .reduce((sum, one) => sum + one.tasks, 0),
      })),
      runSeconds: measured.runSlotOf(revision.template)?.median,
      reviewSeconds: measured.reviewOf(counts[0]?.team ?? '')?.median,
      slots: runningMax,
    });
  }

  /** When a campaign is expected to end, by what is known when it begins. */
  async planEnd(campaign: StoredCampaign): Promise<Date | undefined> {
    return (await this.#expectEnd(await this.#look(campaign)))?.at;
  }
}

/** How a campaign stands: what is to be done next has not been done, and a stop is told with its evidence. */
function asItIs(facts: CampaignFacts): CampaignDecision {
  const decision = decideCampaign(toProgress(facts));
  if (decision.action?.do !== 'stop') {
    return decision;
  }
  const { wave } = decision.action;
  return {
    ...decision,
    state: facts.paused ? 'paused' : 'running',
    waves: decision.waves.map(one =>
      one.number === wave ? { ...one, state: 'running' } : one,
    ),
  };
}

export function toPause(brake: StoredBrake): CampaignPause {
  return {
    reason: brake.reason,
    by: brake.pulledBy,
    since: brake.pulledAt.toISOString(),
    ...(brake.until && { until: brake.until.toISOString() }),
  };
}

function hasEnded(counts: readonly CampaignCount[]): boolean {
  return counts.every(one => isSettled(one.state));
}

function teamsOf(
  counts: readonly CampaignCount[],
  gone: ReadonlySet<string>,
): Campaign['teams'] {
  const byTeam = new Map<string, CampaignCount[]>();
  for (const one of counts) {
    const own = byTeam.get(one.team) ?? [];
    own.push(one);
    byTeam.set(one.team, own);
  }
  return [...byTeam]
    .map(([team, own]) => ({
      team,
      tasks: own.reduce((sum, one) => sum + one.tasks, 0),
      states: countStates(own) as Record<string, number>,
      ...(gone.has(team) && { gone: true }),
    }))
    .sort((a, b) => b.tasks - a.tasks || (a.team < b.team ? -1 : 1));
}

export interface CampaignViewOptions {
  campaigns: CampaignStore;
  progress: CampaignProgressStore;
  burndowns: BurndownReader;
  templates: TemplateStore;
  groups: Pick<TeamGroupStore, 'list'>;
  brakes: BrakeStore;
  times: MeasuredTimes;
  /** Run slots of the whole portal. */
  runningMax: number;
  clock: Clock;
}
