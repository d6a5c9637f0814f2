import type { JsonObject } from '@backstage/types';

/** What components can be filtered by, as the catalog has it. */
export const componentFilterNames = [
  'owner',
  'system',
  'domain',
  'type',
  'lifecycle',
  'tag',
] as const;

export type ComponentFilterName = (typeof componentFilterNames)[number];

/** All values of each filter; a component passes a filter with any one of its values, or where it has none. */
export type ComponentFilterValues = Record<ComponentFilterName, string[]>;

/** Which components a launch is for: all that the filters find but for some, or a list. */
export type ComponentSelection =
  | { kind: 'matching'; except: string[] }
  | { kind: 'listed'; components: string[] };

/** How urgent the tasks are among those of their team. */
export const launchPriorities = ['low', 'normal', 'high', 'urgent'] as const;

export type LaunchPriority = (typeof launchPriorities)[number];

/** How a campaign goes from one wave to the next. */
export const waveModes = ['automatic', 'approval'] as const;

export type WaveMode = (typeof waveModes)[number];

/** Everything that a person chooses on the page that launches; a link to the page can hold it all. */
export interface LaunchParameters {
  filters: ComponentFilterValues;
  search: string;
  selection: ComponentSelection;
  template?: string;
  /** A revision other than the current one, such as a draft that is tried. */
  revision?: number;
  parameters: JsonObject;
  /** The template's own where it is absent. */
  priority?: LaunchPriority;
  /** As a person writes them: `1, 5, 25%`. Empty: the template's own. */
  waves: string;
  waveMode?: WaveMode;
  /** The campaign that the components are added to; absent for a launch of its own. */
  campaign?: string;
}

/** What of it is kept beside the address, because an address cannot be that long. */
export interface LaunchAddressState {
  components?: string[];
}

/** An address longer than this is refused by servers and cut by chat programs. */
const MOST_ADDRESS_LETTERS = 6_000;

export const noComponents: ComponentSelection = {
  kind: 'listed',
  components: [],
};

/** Reads what was chosen out of an address; what makes no sense there is left out. */
export function parseLaunchParameters(
  search: URLSearchParams,
  state?: LaunchAddressState,
): LaunchParameters {
  const all = (name: string) => [
    ...new Set(search.getAll(name).filter(Boolean)),
  ];
  const revision = Number(search.get('revision'));
  return {
    filters: {
      owner: all('owner'),
      system: all('system'),
      domain: all('domain'),
      type: all('type'),
      lifecycle: all('lifecycle'),
      tag: all('tag'),
    },
    search: search.get('search') ?? '',
    selection:
      search.get('select') === 'all'
        ? { kind: 'matching', except: all('except') }
        : {
            kind: 'listed',
            components: search.has('listed')
              ? (state?.components ?? [])
              : all('component'),
          },
    template: search.get('template') || undefined,
    revision: Number.isInteger(revision) && revision > 0 ? revision : undefined,
    parameters: parseParameters(search.get('parameters')),
    priority: launchPriorities.find(one => one === search.get('priority')),
    waves: search.get('waves') ?? '',
    waveMode: waveModes.find(one => one === search.get('continue')),
    campaign: search.get('campaign') || undefined,
  };
}

/**
 * Writes what was chosen into an address. A list of components that is too long for one stands in the state of the
 * browser's history instead, and the address says how many there are.
 */
export function formatLaunchParameters(parameters: LaunchParameters): {
  search: URLSearchParams;
  state: LaunchAddressState;
} {
  const search = new URLSearchParams();
  const set = (name: string, value: string | number | undefined) => {
    if (value !== undefined && value !== '') {
      search.set(name, String(value));
    }
  };
  set('campaign', parameters.campaign);
  set('template', parameters.template);
  set('revision', parameters.revision);
  if (Object.keys(parameters.parameters).length > 0) {
    search.set('parameters', JSON.stringify(parameters.parameters));
  }
  set('priority', parameters.priority);
  set('waves', parameters.waves);
  set('continue', parameters.waveMode);
  for (const name of componentFilterNames) {
    parameters.filters[name].forEach(value => search.append(name, value));
  }
  set('search', parameters.search);

  const { selection } = parameters;
  if (selection.kind === 'matching') {
    search.set('select', 'all');
    selection.except.forEach(ref => search.append('except', ref));
    return { search, state: {} };
  }
  const { components } = selection;
  const letters = components.reduce((sum, ref) => sum + ref.length + 15, 0);
  if (letters > MOST_ADDRESS_LETTERS) {
    search.set('listed', String(components.length));
    return { search, state: { components } };
  }
  components.forEach(ref => search.append('component', ref));
  return { search, state: {} };
}

/** How many components an address says that it stands for, where it does not hold them itself. */
export function countListedElsewhere(search: URLSearchParams): number {
  return Number(search.get('listed')) || 0;
}

function parseParameters(text: string | null): JsonObject {
  try {
    const value = JSON.parse(text ?? '{}');
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? value
      : {};
  } catch {
    return {};
  }
}
