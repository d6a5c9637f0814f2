import {
  agentTaskTemplateReadPermission,
  type TeamDetails,
} from '@agent-tasks/plugin-agent-tasks-common';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import Skeleton from '@material-ui/lab/Skeleton';
import { useParams } from 'react-router-dom';
import { nameOfEntity } from '../queue/useTeamTitles';
import { teamsRouteRef } from '../routes';
import { describeError } from '../states/describeError';
import { ProblemPanel } from '../states/ProblemPanel';
import { ResourceView } from '../states/ResourceView';
import { Panel } from '../task/Panel';
import { agentTasksTranslationRef } from '../translation';
import { BudgetBullet } from './BudgetBullet';
import { ForeignChangeList } from './ForeignChangeList';
import { LimitFacts } from './LimitFacts';
import { LimitHistory } from './LimitHistory';
import { PauseNote } from './PauseNote';
import { RelativeList } from './RelativeList';
import { RunSlots } from './RunSlots';
import { SlotTable } from './SlotTable';
import { TeamActions } from './TeamActions';
import { TeamBudget } from './TeamBudget';
import { useTeam } from './useTeam';

const FOREIGN_PER_PAGE = 10;

const useStyles = makeStyles(
  theme => ({
    back: { display: 'inline-block', marginBottom: theme.spacing(1) },
    head: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'baseline',
      gap: theme.spacing(0.5, 2),
      marginBottom: theme.spacing(2),
      overflowWrap: 'anywhere',
    },
    note: { marginBottom: theme.spacing(2) },
    columns: {
      display: 'grid',
      gridTemplateColumns: 'minmax(0, 2fr) minmax(0, 1fr)',
      alignItems: 'start',
      gap: theme.spacing(0, 2),
      [theme.breakpoints.down('sm')]: {
        gridTemplateColumns: 'minmax(0, 1fr)',
      },
    },
    actions: { marginTop: theme.spacing(2) },
  }),
  { name: 'AgentTasksTeamPage' },
);

/** One team: its review budget, who holds its slots, its limits, and who changed them. */
export function TeamPage() {
  const { namespace = '', name = '' } = useParams();
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const toTeams = useRouteRef(teamsRouteRef);
  const teamRef = `group:${namespace}/${name}`.toLocaleLowerCase('en-US');
  const resource = useTeam(teamRef);
  return (
    <>
      <Link to={toTeams()} className={classes.back}>
        ← {t('team.back')}
      </Link>
      <ResourceView
        resource={resource}
        what="team"
        permission={agentTaskTemplateReadPermission.name}
        skeleton={<TeamPageSkeleton />}
        renderError={error =>
          describeError(error).status === 404 ? (
            <ProblemPanel
              role="alert"
              title={t('team.notFoundTitle')}
              lines={[t('team.notFound', { team: teamRef })]}
              link={<Link to={toTeams()}>{t('team.back')}</Link>}
            />
          ) : undefined
        }
      >
        {team => <Team team={team} onChanged={resource.refresh} />}
      </ResourceView>
    </>
  );
}

function Team(props: { team: TeamDetails; onChanged: () => void }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { team, onChanged } = props;
  const title = team.title ?? nameOfEntity(team.team);
  return (
    <>
      <div className={classes.head}>
        <Typography variant="h5" component="h2">
          {title}
        </Typography>
        {team.isParent && <span>{t('team.parent')}</span>}
        {team.gone ? (
          <span>{t('team.gone')}</span>
        ) : (
          <EntityRefLink entityRef={team.team}>
            {t('team.inCatalog')}
          </EntityRefLink>
        )}
      </div>
      {team.problem && (
        <Alert severity="warning" role="status" className={classes.note}>
          {team.problem}
        </Alert>
      )}
      {!team.known && (
        <Alert severity="warning" role="status" className={classes.note}>
          {t('team.unknown')}
        </Alert>
      )}
      <PauseNote team={team} onResumed={onChanged} />
      <div className={classes.columns}>
        <div>
          <Panel heading={t('team.budget.heading')}>
            <TeamBudget team={team} />
          </Panel>
          <Panel heading={t('team.slots.heading')}>
            <SlotTable team={team} />
          </Panel>
          <Panel heading={t('team.foreign.heading')}>
            <Typography variant="body2" color="textSecondary" gutterBottom>
              {t('team.foreign.text')}
            </Typography>
            <ForeignChangeList team={team} perPage={FOREIGN_PER_PAGE} />
          </Panel>
        </div>
        <div>
          <Panel heading={t('team.run.heading')}>
            <RunSlots team={team} />
          </Panel>
          <Panel heading={t('team.limits.heading')}>
            <BudgetBullet
              title={t('team.budget.auto')}
              usage={team.autoChanges}
            />
            <BudgetBullet
              title={t('team.budget.day')}
              usage={team.launchesToday}
            />
            <LimitFacts team={team} />
            <div className={classes.actions}>
              <TeamActions team={team} title={title} onChanged={onChanged} />
            </div>
          </Panel>
          <Panel heading={t('team.history.heading')}>
            <LimitHistory team={team} />
          </Panel>
          {team.parents.length > 0 && (
            <Panel heading={t('team.relatives.parents')}>
              <RelativeList
                label={t('team.relatives.parents')}
                teams={team.parents}
              />
            </Panel>
          )}
          {team.children.length > 0 && (
            <Panel heading={t('team.relatives.children')}>
              <RelativeList
                label={t('team.relatives.children')}
                teams={team.children}
              />
            </Panel>
          )}
        </div>
      </div>
    </>
  );
}

function TeamPageSkeleton() {
  const classes = useStyles();
  return (
    <div aria-hidden="true">
      <Skeleton variant="text" width="30%" height={40} />
      <div className={classes.columns}>
        <div>
          <Skeleton variant="rect" height={180} />
          <Skeleton variant="rect" height={320} style={{ marginTop: 16 }} />
        </div>
        <div>
          <Skeleton variant="rect" height={120} />
          <Skeleton variant="rect" height={280} style={{ marginTop: 16 }} />
        </div>
      </div>
    </div>
  );
}
