import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import TextField from '@material-ui/core/TextField';
import Autocomplete, {
  createFilterOptions,
} from '@material-ui/lab/Autocomplete';
import { useEffect, useMemo, useState } from 'react';
import { agentTasksTranslationRef } from '../translation';
import { useTeamTitles } from './useTeamTitles';

/** Fast enough to feel live, slow enough not to ask at each letter. */
const TYPING_PAUSE_MS = 250;

/** Options in sight; whoever misses one types more of its name. */
const MOST_OPTIONS = 50;

interface TeamOption {
  team: string;
  title: string;
}

const filterOptions = createFilterOptions<TeamOption>({ limit: MOST_OPTIONS });

/** Chooses one team: of those that are given, and of all groups of the catalog where any will do. */
export function TeamField(props: {
  label: string;
  teams: string[];
  /** Offer every group of the catalog as well, for teams that have no task yet. */
  includesCatalog: boolean;
  value: string | undefined;
  onChange: (team: string | undefined) => void;
  problem?: string;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const catalog = useApi(catalogApiRef);
  const { teams, includesCatalog, value } = props;
  const [text, setText] = useState('');
  const [found, setFound] = useState<string[]>([]);

  useEffect(() => {
    if (!includesCatalog) {
      return undefined;
    }
    let isStale = false;
    const timer = setTimeout(
      () => {
        catalog
          .queryEntities({
            filter: { kind: 'Group' },
            fullTextFilter: {
              term: text,
              fields: [
                'metadata.name',
                'metadata.title',
                'spec.profile.displayname',
              ],
            },
            fields: ['kind', 'metadata.name', 'metadata.namespace'],
            orderFields: { field: 'metadata.name', order: 'asc' },
            limit: MOST_OPTIONS,
          })
          .then(
            ({ items }) => !isStale && setFound(items.map(stringifyEntityRef)),
            // Teams that have tasks can be chosen without the catalog.
            () => {},
          );
      },
      text ? TYPING_PAUSE_MS : 0,
    );
    return () => {
      isStale = true;
      clearTimeout(timer);
    };
  }, [catalog, includesCatalog, text]);

  const offered = [...new Set([...teams, ...found, ...(value ? [value] : [])])];
  const titleOf = useTeamTitles(offered);
  const chosenTitle = value && titleOf(value);
  // The field takes a new text from a new value alone, so that a title that comes late makes one.
  const chosen = useMemo(
    () => (value && chosenTitle ? { team: value, title: chosenTitle } : null),
    [value, chosenTitle],
  );
  return (
    <Autocomplete
      size="small"
      value={chosen}
      onChange={(_, option) => props.onChange(option?.team)}
      onInputChange={(_, typed, why) => setText(why === 'input' ? typed : '')}
      options={offered.map(team => ({ team, title: titleOf(team) }))}
      getOptionSelected={(option, current) => option.team === current.team}
      filterOptions={filterOptions}
      getOptionLabel={option => option.title}
      renderOption={option => <span title={option.team}>{option.title}</span>}
      noOptionsText={t('filter.noOptions')}
      openText={t('brake.openTeams')}
      closeText={t('action.close')}
      clearText={t('brake.clearTeam')}
      renderInput={parameters => (
        <TextField
          {...parameters}
          label={props.label}
          variant="outlined"
          required
          error={Boolean(props.problem)}
          helperText={props.problem}
        />
      )}
    />
  );
}
