import {
  agentTaskTemplateReadPermission,
  type TeamSummary,
} from '@agent-tasks/plugin-agent-tasks-common';
import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import {
  memo,
  useCallback,
  useDeferredValue,
  useId,
  useMemo,
  useState,
} from 'react';
import { agentTasksApiRef } from '../api';
import { useLiveResource } from '../live/useLiveResource';
import { Pages } from '../queue/Pages';
import { nameOfEntity } from '../queue/useTeamTitles';
import { ProblemPanel } from '../states/ProblemPanel';
import { ResourceView } from '../states/ResourceView';
import { Panel } from '../task/Panel';
import { TaskTableSkeleton } from '../tasks/TaskTableSkeleton';
import { agentTasksTranslationRef } from '../translation';
import { TeamsTable } from './TeamsTable';
import { useOwnTeams } from './useOwnTeams';

const TEAMS_PER_PAGE = 25;

const useStyles = makeStyles(
  theme => ({
    heading: { marginBottom: theme.spacing(2) },
    search: { marginBottom: theme.spacing(1), maxWidth: 280 },
  }),
  { name: 'AgentTasksTeamsPage' },
);

const TeamPages = memo(function TeamPagesView(props: {
  teams: TeamSummary[];
  /** A part of a name, in small letters. */
  wanted: string;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const own = useOwnTeams();
  const { teams, wanted } = props;
  const found = useMemo(() => {
    const isOwn = (team: TeamSummary) => own.includes(team.team);
    const matching = teams.filter(
      ({ team, title = nameOfEntity(team) }) =>
        team.toLowerCase().includes(wanted) ||
        title.toLowerCase().includes(wanted),
    );
    return [
      ...matching.filter(isOwn),
      ...matching.filter(team => !isOwn(team)),
    ];
  }, [teams, own, wanted]);
  const renderPage = useCallback(
    (shown: TeamSummary[]) => <TeamsTable teams={shown} own={own} />,
    [own],
  );
  return found.length === 0 ? (
    <p role="status">{t('team.noTeam')}</p>
  ) : (
    <Pages
      key={wanted}
      label={t('team.pages')}
      items={found}
      perPage={TEAMS_PER_PAGE}
    >
      {renderPage}
    </Pages>
  );
});

/** All teams with their review budgets, the person's own first. */
export function TeamsPage() {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const api = useApi(agentTasksApiRef);
  const resource = useLiveResource({
    key: 'teams',
    load: signal => api.listTeams({ signal }),
    isUnsettled: ({ items }) => items.some(({ queued }) => queued > 0),
  });
  return (
    <>
      <Typography variant="h5" component="h2" className={classes.heading}>
        {t('team.heading')}
      </Typography>
      <ResourceView
        resource={resource}
        what="teams"
        permission={agentTaskTemplateReadPermission.name}
        skeleton={<TaskTableSkeleton rows={8} />}
      >
        {({ items, known }) => (
          <>
            {!known && (
              <Alert severity="warning" role="status">
                {t('team.unknown')}
              </Alert>
            )}
            {items.length === 0 ? (
              <ProblemPanel
                role="status"
                title={t('team.empty')}
                lines={[t('team.emptyText')]}
              />
            ) : (
              <FoundTeams teams={items} />
            )}
          </>
        )}
      </ResourceView>
    </>
  );
}

function FoundTeams(props: { teams: TeamSummary[] }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const id = useId();
  const [text, setText] = useState('');
  // The field answers at once, and the table follows.
  const wanted = useDeferredValue(text).trim().toLowerCase();
  const { teams } = props;
  return (
    <Panel heading={t('team.table')}>
      {teams.length > TEAMS_PER_PAGE && (
        <TextField
          id={id}
          label={t('team.search')}
          type="search"
          value={text}
          onChange={event => setText(event.target.value)}
          variant="outlined"
          size="small"
          fullWidth
          className={classes.search}
        />
      )}
      <TeamPages teams={teams} wanted={wanted} />
    </Panel>
  );
}
