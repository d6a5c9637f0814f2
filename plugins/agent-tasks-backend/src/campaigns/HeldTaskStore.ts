import { Prompt } from '@agent-tasks/plugin-agent-tasks-common';
import { Transaction } from '../database/connect';
import { Priority } from '../policy/rank';

/** What tasks have in common that can become one. */
export interface WindowGroup {
  templateRevisionId: string;
  /** `host/owner/name` */
  repository: string;
  team: string;
  provider: string;
  account: string;
}

/** A task that is held for its batching window. */
export interface WindowMember {
  id: string;
  campaignId: string;
  requester: string;
  prompt: Prompt;
  components: string[];
}

/** Tasks that are held. */
export interface HeldTaskStore {
  /** Locks tasks that wait for their wave, of those up to a wave, the first ones first. */
  claimOfWaves(
    tx: Transaction,
    options: { campaignId: string; wave: number; limit: number },
  ): Promise<string[]>;

  /** Has tasks wait for their batching window from now on. */
  setWindows(
    tx: Transaction,
    windows: readonly { taskId: string; until: Date; reason: string }[],
    at: Date,
  ): Promise<void>;

  /** What has a task whose window is over. */
  listDueWindows(now: Date, limit: number): Promise<WindowGroup[]>;

  /** Locks the tasks of a window, the oldest first, whether theirs is over or not. */
  claimWindow(
    tx: Transaction,
    group: WindowGroup,
    limit: number,
  ): Promise<WindowMember[]>;

  /** Gives a task what others were for. */
  join(
    tx: Transaction,
    options: {
      taskId: string;
      others: readonly string[];
      prompt: Prompt;
      priority: Priority;
    },
  ): Promise<void>;
}
