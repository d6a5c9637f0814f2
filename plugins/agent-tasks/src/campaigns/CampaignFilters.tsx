import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import Autocomplete from '@material-ui/lab/Autocomplete';
import { nameOfEntity } from '../queue/useTeamTitles';
import { EntityFilter } from '../tasks/EntityFilter';
import { TemplateFilter } from '../tasks/TaskFilters';
import { agentTasksTranslationRef } from '../translation';
import {
  type CampaignFilterValues,
  campaignStates,
} from './useCampaignListParameters';

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
  { name: 'AgentTasksCampaignFilters' },
);

/** Narrows the list: by state, template, who asked, and team. */
export function CampaignFilters(props: {
  filters: CampaignFilterValues;
  /** Who asked for the campaigns in sight. */
  requesters: string[];
  onChange: (filters: Partial<CampaignFilterValues>) => void;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { filters, onChange } = props;
  return (
    <div
      role="search"
      aria-label={t('campaign.filters')}
      className={classes.root}
    >
      <Autocomplete
        multiple
        size="small"
        limitTags={1}
        value={filters.state}
        onChange={(_, state) => onChange({ state })}
        options={[...campaignStates]}
        filterSelectedOptions
        getOptionLabel={state => t(`campaign.state.${state}`)}
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
      <TemplateFilter
        value={filters.template}
        onChange={template => onChange({ template })}
      />
      <Autocomplete
        multiple
        freeSolo
        size="small"
        limitTags={1}
        value={filters.requester}
        onChange={(_, requester) => onChange({ requester })}
        options={[...new Set([...props.requesters, ...filters.requester])]}
        filterSelectedOptions
        getOptionLabel={nameOfEntity}
        renderInput={parameters => (
          <TextField
            {...parameters}
            label={t('campaign.requester')}
            variant="outlined"
            size="small"
          />
        )}
      />
      <EntityFilter
        label={t('filter.team')}
        kind="Group"
        value={filters.team}
        onChange={team => onChange({ team })}
      />
      {Object.values(filters).some(values => values.length > 0) && (
        <Button
          className={classes.clear}
          onClick={() =>
            onChange({ state: [], template: [], requester: [], team: [] })
          }
        >
          {t('filter.clear')}
        </Button>
      )}
    </div>
  );
}
