import type {
  CampaignListQuery,
  CampaignState,
} from '@agent-tasks/plugin-agent-tasks-common';
import { readValues, writeAddress } from '../lists/pageAddress';
import { type PagedFilters, usePagedFilters } from '../lists/usePagedFilters';

const PAGE_SIZE = 25;

/** All states of a campaign, those that need a person first. */
export const campaignStates = [
  'stopped',
  'waiting_for_approval',
  'running',
  'paused',
  'finished',
  'cancelled',
] as const satisfies readonly CampaignState[];

/** What the list filters by, with all values of each filter. */
export interface CampaignFilterValues {
  state: CampaignState[];
  template: string[];
  requester: string[];
  team: string[];
}

type CampaignListParameters = PagedFilters<CampaignFilterValues>;

function parseParameters(search: URLSearchParams): CampaignListParameters {
  const states = readValues(search, 'state');
  return {
    filters: {
      state: campaignStates.filter(state => states.includes(state)),
      template: readValues(search, 'template'),
      requester: readValues(search, 'requester'),
      team: readValues(search, 'team'),
    },
    limit: PAGE_SIZE,
    cursor: search.get('cursor') ?? undefined,
  };
}

function formatParameters(
  parameters: CampaignListParameters,
  before: URLSearchParams,
): URLSearchParams {
  const { state, template, requester, team } = parameters.filters;
  return writeAddress({
    before,
    values: { state, template, requester, team },
    page: parameters,
    defaultSize: PAGE_SIZE,
  });
}

/** The filters and the page of the list, kept in the address. */
export function useCampaignListParameters() {
  const { parameters, setFilters, setCursor } = usePagedFilters({
    parse: parseParameters,
    format: formatParameters,
  });
  const { filters, limit, cursor } = parameters;
  const query: CampaignListQuery = {
    ...Object.fromEntries(
      Object.entries(filters).filter(([, values]) => values.length > 0),
    ),
    limit,
    ...(cursor && { cursor }),
  };
  return { filters, cursor, query, setFilters, setCursor };
}
