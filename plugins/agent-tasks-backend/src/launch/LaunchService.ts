import {
  AddComponentsRequest,
  Campaign,
  LaunchRequest,
} from '@agent-tasks/plugin-agent-tasks-common';
import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { Transaction } from '../database/connect';
import { PermittedComponents } from './Planner';

/** Who calls, and what they may do. */
export interface LaunchCaller {
  credentials: BackstageCredentials;
  /** Entity ref of the user, or `external:…` or `plugin:…` of the service. */
  requester: string;
  /** Where a trigger launches instead of a person. */
  trigger?: LaunchTrigger;
}

/** The trigger that launches, as the events name it. */
export interface LaunchTrigger {
  id: string;
  name: string;
  /** Entity ref of the group that answers for it. */
  owner: string;
  /**
   * Called in the transaction that stores the campaign. What it throws undoes the launch, so that the caps of a trigger
   * hold exactly.
   */
  onStored(
    tx: Transaction,
    launched: { campaignId: string; tasks: number; at: Date },
  ): Promise<void>;
}

/** Launches what was planned. */
export interface LaunchService {
  /** `repeated`: the key had launched the campaign before. */
  launch(options: {
    caller: LaunchCaller;
    request: LaunchRequest;
    idempotencyKey: string;
    permitted: PermittedComponents;
  }): Promise<{ campaign: Campaign; repeated: boolean }>;

  /**
   * Adds components to a campaign. They begin with its last wave.
   *
   * @throws NotFoundError
   * @throws ConflictError where it was cancelled
   */
  addComponents(options: {
    caller: LaunchCaller;
    campaignId: string;
    request: AddComponentsRequest;
    idempotencyKey: string;
    permitted: PermittedComponents;
  }): Promise<Campaign>;
}
