import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import type { PageAddress } from './pageAddress';

/** What the address says about a list. */
export interface PagedFilters<Filters> extends PageAddress {
  filters: Filters;
}

/**
 * The filters and the page of a list, kept in the address: so that they can be sent to somebody, and that Back goes one
 * page back.
 */
export function usePagedFilters<Filters extends object>(options: {
  /** Reads an address. Has to be the same function at each call, as `format` has. */
  parse: (search: URLSearchParams) => PagedFilters<Filters>;
  /** Writes an address, and keeps what else stands there. */
  format: (
    parameters: PagedFilters<Filters>,
    before: URLSearchParams,
  ) => URLSearchParams;
}) {
  const { parse, format } = options;
  const [search, setSearch] = useSearchParams();
  const parameters = useMemo(() => parse(search), [parse, search]);

  const change = useCallback(
    (update: (before: PagedFilters<Filters>) => PagedFilters<Filters>) =>
      setSearch(before => format(update(parse(before)), before)),
    [format, parse, setSearch],
  );

  return {
    parameters,
    /** A cursor belongs to its filters, so other filters start at the first page. */
    setFilters: useCallback(
      (filters: Partial<Filters>) =>
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
