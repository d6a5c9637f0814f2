import { AuditEvent, AuditQuery } from '@agent-tasks/plugin-agent-tasks-common';

/** What of the log is asked for. */
export type AuditFilter = Pick<
  AuditQuery,
  'actor' | 'type' | 'campaign' | 'task'
> & { from?: Date; to?: Date };

/** Reads the log of all that happened, whatever it happened to. */
export interface AuditReader {
  /** One page, the newest first. */
  list(options: {
    filter: AuditFilter;
    limit: number;
    /** `next` of an earlier page with the same filter. */
    before?: string;
  }): Promise<{ events: AuditEvent[]; next?: string }>;
}
