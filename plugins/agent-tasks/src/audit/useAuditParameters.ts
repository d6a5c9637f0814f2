import type { AuditQuery } from '@agent-tasks/plugin-agent-tasks-common';
import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { pageSizes } from '../tasks/useTaskListParameters';
import { type AuditArea, auditAreas } from './auditAreas';

const DEFAULT_PAGE_SIZE = pageSizes[1];

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
export interface AuditParameters {
  filters: AuditFilterValues;
  limit: number;
  cursor?: string;
}

/** Whether it is the id of a task or of a campaign. */
export function isSubject(text: string): boolean {
  return /^(task|camp)_\w{1,80}$/.test(text);
}

/** Reads the filters and the page out of an address; what makes no sense there is left out. */
export function parseAuditParameters(search: URLSearchParams): AuditParameters {
  const all = (name: string) => [
    ...new Set(search.getAll(name).filter(Boolean)),
  ];
  const day = (name: string) => {
    const value = search.get(name) ?? '';
    return /^\d{4}-\d{2}-\d{2}$/.test(value) && !isNaN(Date.parse(value))
      ? value
      : undefined;
  };
  const subject = search.get('subject') ?? '';
  const limit = Number(search.get('limit'));
  return {
    filters: {
      area: all('area').filter((area): area is AuditArea =>
        (auditAreas as readonly string[]).includes(area),
      ),
      actor: all('actor').slice(0, 20),
      subject: isSubject(subject) ? subject : undefined,
      from: day('from'),
      to: day('to'),
    },
    limit: pageSizes.find(size => size === limit) ?? DEFAULT_PAGE_SIZE,
    cursor: search.get('cursor') ?? undefined,
  };
}

/** Writes the filters and the page into an address, and keeps what else stands there. */
export function formatAuditParameters(
  parameters: AuditParameters,
  before?: URLSearchParams,
): URLSearchParams {
  const search = new URLSearchParams(before);
  const { filters, limit, cursor } = parameters;
  for (const name of ['area', 'actor'] as const) {
    search.delete(name);
    filters[name].forEach(value => search.append(name, value));
  }
  const single: Record<string, string | undefined> = {
    subject: filters.subject,
    from: filters.from,
    to: filters.to,
    limit: limit === DEFAULT_PAGE_SIZE ? undefined : String(limit),
    cursor,
  };
  for (const [name, value] of Object.entries(single)) {
    search.delete(name);
    if (value) {
      search.set(name, value);
    }
  }
  return search;
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
  const [search, setSearch] = useSearchParams();
  const parameters = useMemo(() => parseAuditParameters(search), [search]);

  const change = useCallback(
    (update: (before: AuditParameters) => AuditParameters) =>
      setSearch(before =>
        formatAuditParameters(update(parseAuditParameters(before)), before),
      ),
    [setSearch],
  );

  return {
    parameters,
    /** A cursor belongs to its filters, so other filters start at the first page. */
    setFilters: useCallback(
      (filters: Partial<AuditFilterValues>) =>
        change(before => ({
          ...before,
          filters: { ...before.filters, ...filters },
          cursor: undefined,
        })),
      [change],
    ),
    setCursor: useCallback(
      (cursor: string | undefined) => change(before => ({ ...before, cursor })),
      [change],
    ),
    setLimit: useCallback(
      (limit: number) =>
        change(before => ({ ...before, limit, cursor: undefined })),
      [change],
    ),
  };
}
