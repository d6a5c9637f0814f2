import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import Autocomplete, {
  createFilterOptions,
} from '@material-ui/lab/Autocomplete';
import { memo } from 'react';
import { agentTasksTranslationRef } from '../translation';
import {
  componentFilterNames,
  type ComponentFilterValues,
} from './launchParameters';
import type { CatalogVocabulary, FilterOption } from './useCatalogVocabulary';

/** Options in sight; whoever misses one types more of its name. */
const MOST_OPTIONS = 50;

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gridTemplateColumns: 'repeat(2, minmax(0, 1fr))',
      gap: theme.spacing(1),
      marginBottom: theme.spacing(1),
    },
    option: {
      display: 'flex',
      width: '100%',
      justifyContent: 'space-between',
      gap: theme.spacing(1),
      overflowWrap: 'anywhere',
    },
    count: {
      color: theme.palette.text.secondary,
      fontVariantNumeric: 'tabular-nums',
    },
  }),
  { name: 'AgentTasksComponentFilters' },
);

/** Narrows the components, by what the catalog itself narrows them by. */
export const ComponentFilters = memo(function ComponentFiltersView(props: {
  filters: ComponentFilterValues;
  vocabulary: CatalogVocabulary;
  onChange: (filters: ComponentFilterValues) => void;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { filters, vocabulary } = props;
  return (
    <div
      role="group"
      aria-label={t('launchPage.filters')}
      className={classes.root}
    >
      {componentFilterNames.map(name => (
        <FilterField
          key={name}
          label={t(`launchPage.filter.${name}`)}
          options={vocabulary.options[name]}
          titleOf={vocabulary.titleOf}
          isLoading={!vocabulary.isReady && !vocabulary.error}
          value={filters[name]}
          onChange={values => props.onChange({ ...filters, [name]: values })}
        />
      ))}
    </div>
  );
});

function FilterField(props: {
  label: string;
  options: FilterOption[];
  titleOf: (value: string) => string;
  isLoading: boolean;
  value: string[];
  onChange: (values: string[]) => void;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { options, titleOf, value } = props;
  const counts = new Map(options.map(one => [one.value, one.count]));
  return (
    <Autocomplete
      multiple
      size="small"
      limitTags={1}
      value={value}
      onChange={(_, values) => props.onChange(values)}
      options={[...new Set([...counts.keys(), ...value])]}
      filterSelectedOptions
      filterOptions={createFilterOptions({
        limit: MOST_OPTIONS,
        stringify: one => `${titleOf(one)} ${one}`,
      })}
      getOptionLabel={titleOf}
      renderOption={one => (
        <span className={classes.option} title={one}>
          <span>{titleOf(one)}</span>
          <span className={classes.count}>{counts.get(one)}</span>
        </span>
      )}
      loading={props.isLoading}
      loadingText={t('filter.loading')}
      noOptionsText={t('filter.noOptions')}
      renderInput={parameters => (
        <TextField
          {...parameters}
          label={props.label}
          variant="outlined"
          size="small"
        />
      )}
    />
  );
}
