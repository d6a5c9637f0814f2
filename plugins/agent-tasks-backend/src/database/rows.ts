import {
  Attempt,
  Change,
  TaskState,
} from '@agent-tasks/plugin-agent-tasks-common';
import { Priority } from '../policy/rank';

/** A time as the drivers return it: a Date from PostgreSQL, milliseconds since 1970 from SQLite. */
export type TimeValue = Date | number | string;

export function toDate(value: TimeValue): Date {
  return new Date(value);
}

export function toOptionalDate(
  value: TimeValue | null | undefined,
): Date | undefined {
  return value === null || value === undefined ? undefined : new Date(value);
}

export interface TaskRow {
  id: string;
  campaign_id: string;
  template: string;
  template_revision_id: string;
  team: string;
  requester: string;
  provider: string;
  repository: string;
  repository_host: string;
  repository_owner: string;
  repository_name: string;
  repository_url: string;
  prompt: string;
  state: TaskState;
  state_reason: string | null;
  state_since: TimeValue;
  run_slot: boolean | number;
  review_slot: boolean | number;
  cancelled_by: string | null;
  stop_due_at: TimeValue | null;
  created_at: TimeValue;
  updated_at: TimeValue;
  settled_at: TimeValue | null;
  priority: Priority;
  wave: number | null;
  joined_to: string | null;
}

export interface TaskComponentRow {
  task_id: string;
  entity_ref: string;
  path: string | null;
}

export interface AttemptRow {
  id: string;
  task_id: string;
  number: number;
  state: Attempt['state'];
  provider: string;
  provider_task_id: string | null;
  url: string | null;
  branch: string | null;
  requests: number;
  problems: number;
  problem: string | null;
  lease_id: string | null;
  lease_until: TimeValue | null;
  due_at: TimeValue;
  requested_at: TimeValue | null;
  first_requested_at: TimeValue | null;
  confirmed_at: TimeValue | null;
  seen_at: TimeValue | null;
  ended_at: TimeValue | null;
  created_at: TimeValue;
  ai_credits: number | null;
  continuation: string | null;
}

export interface ChangeRow {
  id: string;
  task_id: string;
  attempt_id: string;
  code_host: string;
  global_id: string;
  state: Change['state'];
  draft: boolean | number;
  number: number | null;
  url: string | null;
  title: string | null;
  head_branch: string | null;
  hinted_at: TimeValue | null;
  head_commit: string | null;
  base_branch: string | null;
  additions: number | null;
  deletions: number | null;
  changed_files: number | null;
  checks: NonNullable<Change['checks']> | null;
  review: NonNullable<Change['review']> | null;
  merged_by: string | null;
  reverted_at: TimeValue | null;
  revert_url: string | null;
  reverts_looked_at: TimeValue | null;
  offered_at: TimeValue | null;
  problems: number;
  opened_at: TimeValue | null;
  settled_at: TimeValue | null;
  seen_at: TimeValue | null;
  due_at: TimeValue;
  created_at: TimeValue;
}
