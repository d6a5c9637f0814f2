import {
  Campaign,
  LaunchRequest,
  Plan,
  PlanRequest,
} from '@agent-tasks/plugin-agent-tasks-common';
import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { TaskFilter } from '../queue/TaskFilter';
import { PermittedComponents } from './Planner';

/** Who calls, and what they may do. */
export interface LaunchCaller {
  credentials: BackstageCredentials;
  /** Entity ref of the user, or `external:…` or `plugin:…` of the service. */
  requester: string;
}

/** Plans and launches. */
export interface LaunchService {
  plan(options: {
    caller: LaunchCaller;
    request: PlanRequest;
    permitted: PermittedComponents;
    /** Tasks that the caller may see; `undefined`: all. */
    visible: TaskFilter | undefined;
  }): Promise<Plan>;

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
