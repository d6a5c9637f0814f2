import type { TaskState } from '@agent-tasks/plugin-agent-tasks-common';
import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import Autocomplete from '@material-ui/lab/Autocomplete';
import { agentTasksApiRef } from '../api';
import { useLiveResource } from '../live/useLiveResource';
import { agentTasksTranslationRef } from '../translation';
import { EntityFilter } from './EntityFilter';
import {
  isSameStateChoice,
  stateChoices,
  toStateChoices,
  toStates,
} from './stateGroups';
import type { TaskFilterValues } from './useTaskListParameters';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gridTemplateColumns: 'repeat(4, minmax(0, 1fr))',
      alignItems: 'start',
      gap: theme.spacing(1.5),
      marginBottom: theme.spacing(2),
      [theme.breakpoints.down('sm')]: {
        gridTemplateColumns: 'repeat(2, minmax(0, 1fr))',
      },
    },
    clear: { justifySelf: 'start' },
  }),
  { name: 'AgentTasksTaskFilters' },
);

/** Narrows the list: by state, team, component and template. */
export function TaskFilters(props: {
  filters: TaskFilterValues;
  onChange: (filters: Partial<TaskFilterValues>) => void;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { filters, onChange } = props;
  const isFiltered = Object.values(filters).some(values => values.length > 0);

  return (
    <div
      role="search"
      aria-label={t('filter.heading')}
      className={classes.root}
    >
      <StateFilter
        value={filters.state}
        onChange={state => onChange({ state })}
      />
      <EntityFilter
        label={t('filter.team')}
        kind="Group"
        value={filters.team}
        onChange={team => onChange({ team })}
      />
      <EntityFilter
        label={t('filter.component')}
        kind="Component"
        value={filters.component}
        onChange={component => onChange({ component })}
      />
      <TemplateFilter
        value={filters.template}
        onChange={template => onChange({ template })}
      />
      {isFiltered && (
        <Button
          className={classes.clear}
          onClick={() =>
            onChange({ team: [], state: [], template: [], component: [] })
          }
        >
          {t('filter.clear')}
        </Button>
      )}
    </div>
  );
}

/** Narrows by states, one by one or in groups. */
export function StateFilter(props: {
  value: TaskState[];
  onChange: (states: TaskState[]) => void;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  return (
    <Autocomplete
      multiple
      size="small"
      limitTags={2}
      value={toStateChoices({ states: props.value })}
      onChange={(_, choices) => props.onChange(toStates({ choices }))}
      options={stateChoices}
      getOptionSelected={isSameStateChoice}
      groupBy={choice => t(`stateGroup.${choice.group}`)}
      getOptionLabel={choice =>
        choice.kind === 'group'
          ? t(`stateGroup.${choice.group}`)
          : t(`state.${choice.state}`)
      }
      renderOption={choice =>
        choice.kind === 'group'
          ? t('stateGroup.whole', { group: t(`stateGroup.${choice.group}`) })
          : t(`state.${choice.state}`)
      }
      noOptionsText={t('filter.noOptions')}
      renderInput={parameters => (
        <TextField
          {...parameters}
          label={t('filter.state')}
          variant="outlined"
          size="small"
        />
      )}
    />
  );
}

/** Narrows by templates. */
export function TemplateFilter(props: {
  value: string[];
  onChange: (names: string[]) => void;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const api = useApi(agentTasksApiRef);
  const templates = useLiveResource({
    key: 'templates',
    load: signal => api.listTemplates({ signal }),
    isConcerned: () => false,
  });
  const titles = new Map(
    templates.value?.items.map(one => [one.name, one.title]),
  );
  return (
    <Autocomplete
      multiple
      size="small"
      limitTags={1}
      value={props.value}
      onChange={(_, names) => props.onChange(names)}
      options={[...new Set([...titles.keys(), ...props.value])]}
      filterSelectedOptions
      getOptionLabel={name => titles.get(name) ?? name}
      loading={templates.isLoading}
      loadingText={t('filter.loading')}
      noOptionsText={t('filter.noOptions')}
      renderInput={parameters => (
        <TextField
          {...parameters}
          label={t('filter.template')}
          variant="outlined"
          size="small"
        />
      )}
    />
  );
}
