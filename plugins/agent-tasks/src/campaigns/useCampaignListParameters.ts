import type {
  CampaignListQuery,
  CampaignState,
} from '@agent-tasks/plugin-agent-tasks-common';
import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';

/** All states of a campaign, those that need a person first. */
export const campaignStates = [
  'stopped',
  'waiting_for_approval',
  'running',
  'paused',
  'finished',
  'cancelled',
] as const satisfies readonly CampaignState[];

const filterNames = ['state', 'template', 'requester', 'team'] as const;

/** What the list filters by, with all values of each filter. */
export interface CampaignFilterValues {
  state: CampaignState[];
  template: string[];
  requester: string[];
  team: string[];
}

/** The filters and the page of the list, kept in the address. */
export function useCampaignListParameters() {
  const [search, setSearch] = useSearchParams();
  const filters = useMemo<CampaignFilterValues>(() => {
    const all = (name: string) => [
      ...new Set(search.getAll(name).filter(Boolean)),
    ];
    return {
      state: campaignStates.filter(one => all('state').includes(one)),
      template: all('template'),
      requester: all('requester'),
      team: all('team'),
    };
  }, [search]);
  const cursor = search.get('cursor') ?? undefined;
  const query: CampaignListQuery = {
    ...Object.fromEntries(
      Object.entries(filters).filter(([, values]) => values.length > 0),
    ),
    limit: 25,
    ...(cursor && { cursor }),
  };
  return {
    filters,
    cursor,
    query,
    setFilters: useCallback(
      (changed: Partial<CampaignFilterValues>) =>
        setSearch(before => {
          const next = new URLSearchParams(before);
          // A cursor belongs to its filters.
          next.delete('cursor');
          for (const name of filterNames) {
            const values = changed[name];
            if (values) {
              next.delete(name);
              values.forEach(value => next.append(name, value));
            }
          }
          return next;
        }),
      [setSearch],
    ),
    setCursor: useCallback(
      (next: string | undefined) =>
        setSearch(before => {
          const changed = new URLSearchParams(before);
          changed.delete('cursor');
          if (next) {
            changed.set('cursor', next);
          }
          return changed;
        }),
      [setSearch],
    ),
  };
}
