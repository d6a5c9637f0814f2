import {
  Campaign,
  LaunchRequest,
} from '@agent-tasks/plugin-agent-tasks-common';
import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { PermittedComponents } from './Planner';

/** Who calls, and what they may do. */
export interface LaunchCaller {
  credentials: BackstageCredentials;
  /** Entity ref of the user, or `external:…` or `plugin:…` of the service. */
  requester: string;
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

  getCampaign(id: string): Promise<{
    campaign: Campaign;
    /** The properties of its tasks that decide who may see it. */
    tasks: { requester: string; team: string }[];
  }>;
}
