import {
  CampaignStop,
  TaskState,
} from '@agent-tasks/plugin-agent-tasks-common';
import { Transaction } from '../database/connect';
import { StoredCampaign } from './CampaignStore';

/** A campaign that is to be looked at. */
export interface DueCampaign {
  id: string;
  dueAt: Date;
}

/** How the checks of the changes of a wave went. */
export interface CheckCount {
  campaignId: string;
  wave: number;
  known: number;
  failed: number;
}

/** How many tasks of a wave had their change merged and then reverted. */
export interface RevertCount {
  campaignId: string;
  wave: number;
  tasks: number;
}

/** Keeps how far campaigns are. */
export interface CampaignProgressStore {
  /** Those that are due, the first ones first. */
  listDue(now: Date, limit: number): Promise<DueCampaign[]>;

  /** Notes what a look has seen, unless somebody has made the campaign due anew meanwhile. */
  noteLooks(
    looks: readonly (DueCampaign & {
      at: Date;
      state: StoredCampaign['state'];
      states: Partial<Record<TaskState, number>>;
      /** Absent: it need not be looked at again. */
      nextAt?: Date;
      plannedEnd?: Date;
    })[],
  ): Promise<void>;

  /** Campaigns of tasks that changed are looked at soon: the larger, the later. */
  noteChanges(taskIds: readonly string[], now: Date): Promise<void>;

  /** Counts how checks went, of those campaigns. */
  countChecks(ids: readonly string[], tx?: Transaction): Promise<CheckCount[]>;

  /** Counts the tasks whose merged change was reverted, of those campaigns. */
  countReverts(
    ids: readonly string[],
    tx?: Transaction,
  ): Promise<RevertCount[]>;

  /** The tasks that a rule has counted, the first ones first. */
  findEvidence(
    tx: Transaction,
    options: {
      campaignId: string;
      rule: CampaignStop['rule'];
      waves: readonly number[];
      limit: number;
    },
  ): Promise<CampaignStop['evidence']>;

  /** False: it has begun already. */
  release(
    tx: Transaction,
    options: { campaignId: string; wave: number; at: Date },
  ): Promise<boolean>;

  /** Writes down why the campaign stops; also its state. */
  stop(
    tx: Transaction,
    options: {
      campaignId: string;
      wave: number;
      stop: CampaignStop;
      brake: string;
    },
  ): Promise<void>;

  approve(
    tx: Transaction,
    options: { campaignId: string; wave: number; by: string; at: Date },
  ): Promise<void>;

  goOn(
    tx: Transaction,
    options: { campaignId: string; wave: number; by: string; at: Date },
  ): Promise<void>;
}
