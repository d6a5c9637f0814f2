import { setTimeout as pause } from 'node:timers/promises';
import { Campaign } from '@agent-tasks/plugin-agent-tasks-common';
import {
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { CampaignAccess } from './CampaignAccess';
import {
  campaignProgress,
  describeProgress,
  WaitGoal,
} from './campaignProgress';

/** The first looks, in seconds. */
const shortestSeconds = 5;

/** The looks at a campaign that takes hours, in seconds. */
const longestSeconds = 60;

/** A look comes so much of the time later that was waited already: nothing is noticed more than a tenth late. */
const share = 0.1;

/** What came of waiting. */
export interface WatchResult {
  campaign: Campaign;
  waitedSeconds: number;
}

/** Waits for campaigns: one small question at a time, the rarer the longer it takes, however many tasks there are. */
export class CampaignWatch {
  readonly #access: CampaignAccess;
  readonly #now: () => number;
  readonly #pause: (ms: number, signal?: AbortSignal) => Promise<void>;

  private constructor(options: CampaignWatchOptions) {
    this.#access = options.access;
    this.#now = options.now ?? Date.now;
    this.#pause =
      options.pause ?? ((ms, signal) => pause(ms, undefined, { signal }));
  }

  static create(options: CampaignWatchOptions): CampaignWatch {
    return new CampaignWatch(options);
  }

  campaignUrl(id: string): string {
    return this.#access.campaignUrl(id);
  }

  /**
   * Waits until the tasks of a campaign have come as far as asked.
   *
   * @throws when a task ends in a way that the goal does not allow, when the time is over, and when `signal` is aborted.
   * The campaign itself goes on in each case.
   */
  async wait(options: {
    credentials: BackstageCredentials;
    campaignId: string;
    goal: WaitGoal;
    timeoutSeconds: number;
    /** Wait for all tasks, also when some have missed the goal. */
    allowMissed: boolean;
    logger: LoggerService;
    signal?: AbortSignal;
  }): Promise<WatchResult> {
    const { campaignId, goal, timeoutSeconds, logger, signal } = options;
    const begun = this.#now();
    const read = this.#reader(options);
    let told = '';
    for (;;) {
      throwIfStopped(options);
      const campaign = await read();
      const waited = this.#now() - begun;
      if (campaign) {
        const { states } = campaign;
        const news = `${describeProgress({ states, goal })}.${describeHold(campaign)}`;
        if (news !== told) {
          logger.info(news);
          told = news;
        }
        const { done, missed } = campaignProgress({ states, goal });
        if (missed && !options.allowMissed) {
          throw new Error(
            `The campaign ${campaignId} will not get there: ${describeProgress({
              states,
              goal,
            })}. Its other tasks go on; see ${this.campaignUrl(campaignId)}`,
          );
        }
        if (done) {
          return { campaign, waitedSeconds: Math.round(waited / 1000) };
        }
      }
      const left = timeoutSeconds * 1000 - waited;
      if (left <= 0) {
        throw new Error(
          `Waited for ${timeoutSeconds} seconds. The campaign ${campaignId} goes on${
            told ? `: ${told}` : '.'
          } Wait for longer with 'timeoutSeconds', or see ${this.campaignUrl(
            campaignId,
          )}`,
        );
      }
      const next = Math.min(
        Math.max(shortestSeconds * 1000, waited * share),
        longestSeconds * 1000,
        left,
      );
      await this.#pause(next, signal).catch(error => {
        throwIfStopped(options);
        throw error;
      });
    }
  }

  /**
   * Reads the campaign as the initiator. A sign-in ends before some campaigns do: whoever was shown the campaign once is
   * shown how far it is until the wait ends, by the scaffolder itself. Answers nothing while Agent Tasks does not answer.
   */
  #reader(options: {
    credentials: BackstageCredentials;
    campaignId: string;
    logger: LoggerService;
    signal?: AbortSignal;
  }): () => Promise<Campaign | undefined> {
    const { campaignId, logger, signal } = options;
    let { credentials } = options;
    let shown = false;
    let signInEnded = false;
    return async () => {
      try {
        const campaign = await this.#access.getCampaign(
          credentials,
          campaignId,
          signal,
        );
        shown = true;
        return campaign;
      } catch (error) {
        throwIfStopped(options);
        const status = statusOf(error);
        if (status === 401 && shown && !signInEnded) {
          signInEnded = true;
          credentials = await this.#access.ownCredentials();
          return undefined;
        }
        if (status !== undefined && status < 500 && status !== 429) {
          throw error;
        }
        logger.warn(`Agent Tasks does not answer; asking again. ${error}`);
        return undefined;
      }
    };
  }
}

function statusOf(error: unknown): number | undefined {
  const status = (error as { statusCode?: unknown }).statusCode;
  return typeof status === 'number' ? status : undefined;
}

function throwIfStopped(options: {
  campaignId: string;
  signal?: AbortSignal;
}): void {
  if (options.signal?.aborted) {
    throw new Error(
      `No longer waiting for the campaign ${options.campaignId}, which goes on.`,
    );
  }
}

/** What of a campaign needs a person, as far as it is told. */
function describeHold(campaign: Campaign): string {
  switch (campaign.state) {
    case 'paused':
      return ' The campaign is paused.';
    case 'waiting_for_approval':
      return ' Its next wave waits for an approval.';
    case 'stopped':
      return ' A rule has stopped it; somebody has to decide how it goes on.';
    default:
      return '';
  }
}

export interface CampaignWatchOptions {
  access: CampaignAccess;
  /** The time in milliseconds. */
  now?: () => number;
  /** Waits, and rejects when the signal is aborted. */
  pause?: (ms: number, signal?: AbortSignal) => Promise<void>;
}
