import type { AuditQuery } from '@agent-tasks/plugin-agent-tasks-common';
import {
  pageSizes,
  readPage,
  readValues,
  writeAddress,
} from '../lists/pageAddress';
import { type PagedFilters, usePagedFilters } from '../lists/usePagedFilters';
import { type AuditArea, auditAreas } from './auditAreas';

const DEFAULT_SIZE = pageSizes[1];

/** What the audit is narrowed by. */
export interface AuditFilterValues {
  area: AuditArea[];
  actor: string[];
  /** Id of a task or of a campaign. */
  subject?: string;
  /** The first day, as `2026-11-02`, of the clock of the reader. */
  from?: string;
  /** The last day. */
  to?: string;
}

/** What the address says about the audit. */
export type AuditParameters = PagedFilters<AuditFilterValues>;

/** Whether it is the id of a task or of a campaign. */
export function isSubject(text: string): boolean {
  return /^(task|camp)_\w{1,80}$/.test(text);
}

/** Reads the filters and the page out of an address; what makes no sense there is left out. */
export function parseAuditParameters(search: URLSearchParams): AuditParameters {
  const day = (name: string) => {
    const value = search.get(name) ?? '';
    return /^\d{4}-\d{2}-\d{2}$/.test(value) && !isNaN(Date.parse(value))
      ? value
      : undefined;
  };
  const subject = search.get('subject') ?? '';
  return {
    filters: {
      area: readValues(search, 'area').filter((area): area is AuditArea =>
        (auditAreas as readonly string[]).includes(area),
      ),
      actor: readValues(search, 'actor').slice(0, 20),
      subject: isSubject(subject) ? subject : undefined,
      from: day('from'),
      to: day('to'),
    },
    ...readPage(search, DEFAULT_SIZE),
  };
}

/** Writes the filters and the page into an address, and keeps what else stands there. */
export function formatAuditParameters(
  parameters: AuditParameters,
  before?: URLSearchParams,
): URLSearchParams {
  const { area, actor, subject, from, to } = parameters.filters;
  return writeAddress({
    before,
    values: { area, actor, subject, from, to },
    page: parameters,
    defaultSize: DEFAULT_SIZE,
  });
}

/** Whether anything narrows the audit. */
export function isNarrowed(filters: AuditFilterValues): boolean {
  return Object.values(filters).some(value => value && value.length > 0);
}

/** The query that asks the backend for this page. Days begin and end by the clock of the reader. */
export function toAuditQuery(parameters: AuditParameters): AuditQuery {
  const { filters, limit, cursor } = parameters;
  const { area, actor, subject, from, to } = filters;
  return {
    ...(area.length && { type: area }),
    ...(actor.length && { actor }),
    ...(subject?.startsWith('task_') && { task: subject }),
    ...(subject?.startsWith('camp_') && { campaign: subject }),
    ...(from && { from: startOfDay(from, 0) }),
    ...(to && { to: startOfDay(to, 1) }),
    limit,
    ...(cursor && { cursor }),
  };
}

function startOfDay(day: string, daysLater: number): string {
  const [year, month, date] = day.split('-').map(Number);
  return new Date(year, month - 1, date + daysLater).toISOString();
}

/** The filters and the page of the audit, kept in the address. */
export function useAuditParameters() {
  return usePagedFilters({
    parse: parseAuditParameters,
    format: formatAuditParameters,
  });
}
