import {
  CampaignState,
  CampaignStop,
  CampaignTrigger,
  Exclusion,
  Rollout,
  TaskState,
} from '@agent-tasks/plugin-agent-tasks-common';
import { JsonObject } from '@backstage/types';
import { Transaction } from '../database/connect';
import { Priority } from '../policy/rank';
import { PlannedWave } from '../policy/waves';

/** What was asked for, as it was asked for. */
export interface CampaignSelection {
  components?: string[];
  selection?: JsonObject;
}

/** A launch as it is stored. */
export interface StoredCampaign {
  id: string;
  templateRevisionId: string;
  parameters: JsonObject;
  requester: string;
  idempotencyKey: string;
  /** SHA-256 of the request, to tell a repeated launch from another one. */
  requestHash: string;
  /** Components left out, with those of additions. */
  excluded: Exclusion[];
  createdAt: Date;
  priority: Priority;
  /** Absent of those that were launched before it was kept. */
  selection?: CampaignSelection;
  trigger?: CampaignTrigger;
  rollout: Rollout;
  taskCount: number;
  /** As it was when it was last looked at; whether a brake is on it is not in it. */
  state: Exclude<CampaignState, 'paused'>;
  /** When it was expected to end, at launch. */
  plannedEnd?: Date;
  cancelled?: { at: Date; by: string; reason: string };
}

/** A campaign that is launched. */
export type NewCampaign = Omit<
  StoredCampaign,
  'state' | 'plannedEnd' | 'cancelled'
> & {
  waves: PlannedWave[];
  teams: ReadonlySet<string>;
};

/** A step of a campaign as it is stored. */
export interface StoredWave {
  campaignId: string;
  number: number;
  size: string;
  tasks: number;
  releasedAt?: Date;
  approvedAt?: Date;
  approvedBy?: string;
  stop?: CampaignStop;
  /** Id of the brake that came with the stop. */
  stopBrake?: string;
  continuedAt?: Date;
  continuedBy?: string;
}

/** Components that were added to a campaign. */
export interface CampaignPart {
  campaignId: string;
  requester: string;
  idempotencyKey: string;
  requestHash: string;
  selection: CampaignSelection;
  excluded: Exclusion[];
  tasks: number;
  createdAt: Date;
}

/** Tasks of a campaign that are alike, and how many. */
export interface CampaignCount {
  campaignId: string;
  wave: number;
  team: string;
  state: TaskState;
  tasks: number;
  lastSettledAt?: Date;
}

/** The launches. */
export interface CampaignStore {
  /** False: the requester has used the key before; nothing was written. */
  insert(tx: Transaction, campaign: NewCampaign): Promise<boolean>;

  get(id: string): Promise<StoredCampaign | undefined>;

  /** Reads a campaign and keeps others from changing it until the transaction ends. */
  lock(tx: Transaction, id: string): Promise<StoredCampaign | undefined>;

  findByKey(options: {
    requester: string;
    idempotencyKey: string;
  }): Promise<StoredCampaign | undefined>;

  /** Whose tasks a campaign has: what decides who may see it. */
  listOwners(id: string): Promise<{ team: string; requester: string }[]>;

  /** Ids of the first tasks, in the order of their launch. */
  listTasks(id: string, limit: number): Promise<string[]>;

  /** The steps of campaigns, in their order. */
  listWaves(ids: readonly string[], tx?: Transaction): Promise<StoredWave[]>;

  /** Their tasks by wave, team and state; counted by the database. */
  count(ids: readonly string[], tx?: Transaction): Promise<CampaignCount[]>;

  findPart(
    key: Pick<CampaignPart, 'campaignId' | 'requester' | 'idempotencyKey'>,
  ): Promise<CampaignPart | undefined>;

  /**
   * Adds components to a campaign that is locked. Its last wave grows by the tasks. False: the requester has used the key
   * before; nothing was written.
   */
  insertPart(
    tx: Transaction,
    part: CampaignPart,
    options: { wave: number; teams: ReadonlySet<string> },
  ): Promise<boolean>;

  setPriority(tx: Transaction, id: string, priority: Priority): Promise<void>;

  cancel(
    tx: Transaction,
    id: string,
    cancelled: { at: Date; by: string; reason: string },
  ): Promise<void>;

  /** Has campaigns looked at, at once; also one that has ended. */
  makeDue(ids: readonly string[], at: Date): Promise<void>;
}
