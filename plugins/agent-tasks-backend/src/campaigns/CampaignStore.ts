import { Exclusion, TaskState } from '@agent-tasks/plugin-agent-tasks-common';
import { JsonObject } from '@backstage/types';
import { Transaction } from '../database/connect';

/** A launch as it is stored. */
export interface StoredCampaign {
  id: string;
  templateRevisionId: string;
  parameters: JsonObject;
  requester: string;
  idempotencyKey: string;
  /** SHA-256 of the request, to tell a repeated launch from another one. */
  requestHash: string;
  excluded: Exclusion[];
  createdAt: Date;
}

/** The launches. */
export interface CampaignStore {
  /** False: the requester has used the key before; nothing was written. */
  insert(tx: Transaction, campaign: StoredCampaign): Promise<boolean>;

  get(id: string): Promise<StoredCampaign | undefined>;

  findByKey(options: {
    requester: string;
    idempotencyKey: string;
  }): Promise<StoredCampaign | undefined>;

  /** The tasks of a campaign, in the order of their launch. */
  listTasks(
    campaignId: string,
  ): Promise<
    { id: string; state: TaskState; requester: string; team: string }[]
  >;
}
