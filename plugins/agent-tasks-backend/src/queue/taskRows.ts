import { TaskState } from '@agent-tasks/plugin-agent-tasks-common';
import { Priority } from '../policy/rank';
import { Lane } from '../policy/slots';
import { TimeValue, toDate, toOptionalDate } from '../database/rows';
import { TaskRecord } from './TaskStore';

/** What is read of a task wherever its prompt is not needed. */
export const recordColumns = [
  'id',
  'campaign_id',
  'template',
  'template_revision_id',
  'team',
  'requester',
  'provider',
  'account',
  'repository_host',
  'repository_owner',
  'repository_name',
  'repository_url',
  'lane',
  'priority',
  'rank',
  'review_minutes',
  'braked',
  'attempts_before',
  'state',
  'state_reason',
  'state_since',
  'run_slot',
  'review_slot',
  'auto_slot',
  'checks_slot',
  'awaits_review',
  'cancelled_by',
  'stop_due_at',
  'created_at',
  'updated_at',
  'admitted_at',
  'settled_at',
  'held_until',
] as const;

/** A row of those columns. */
export interface RecordRow {
  id: string;
  campaign_id: string;
  template: string;
  template_revision_id: string;
  team: string;
  requester: string;
  provider: string;
  account: string;
  repository_host: string;
  repository_owner: string;
  repository_name: string;
  repository_url: string;
  lane: Lane;
  priority: Priority;
  rank: number | string;
  review_minutes: number;
  braked: boolean | number;
  attempts_before: number;
  state: TaskState;
  state_reason: string | null;
  state_since: TimeValue;
  run_slot: boolean | number;
  review_slot: boolean | number;
  auto_slot: boolean | number;
  checks_slot: boolean | number;
  awaits_review: boolean | number;
  cancelled_by: string | null;
  stop_due_at: TimeValue | null;
  created_at: TimeValue;
  updated_at: TimeValue;
  admitted_at: TimeValue | null;
  settled_at: TimeValue | null;
  held_until: TimeValue | null;
}

export function toRecord(row: RecordRow): TaskRecord {
  return {
    id: row.id,
    campaignId: row.campaign_id,
    template: row.template,
    templateRevisionId: row.template_revision_id,
    team: row.team,
    requester: row.requester,
    provider: row.provider,
    account: row.account,
    repository: {
      host: row.repository_host,
      owner: row.repository_owner,
      name: row.repository_name,
    },
    repositoryUrl: row.repository_url,
    lane: row.lane,
    priority: row.priority,
    rank: Number(row.rank),
    reviewMinutes: row.review_minutes,
    braked: Boolean(row.braked),
    attemptsBefore: row.attempts_before,
    state: row.state,
    stateReason: row.state_reason ?? undefined,
    stateSince: toDate(row.state_since),
    runSlot: Boolean(row.run_slot),
    reviewSlot: Boolean(row.review_slot),
    autoSlot: Boolean(row.auto_slot),
    checksSlot: Boolean(row.checks_slot),
    awaitsReview: Boolean(row.awaits_review),
    cancelledBy: row.cancelled_by ?? undefined,
    stopDueAt: toOptionalDate(row.stop_due_at),
    createdAt: toDate(row.created_at),
    updatedAt: toDate(row.updated_at),
    admittedAt: toOptionalDate(row.admitted_at),
    settledAt: toOptionalDate(row.settled_at),
    heldUntil: toOptionalDate(row.held_until),
  };
}
