import {
  agentTaskTriggerReadPermission,
  type Trigger,
} from '@agent-tasks/plugin-agent-tasks-common';
import { Link } from '@backstage/core-components';
import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import { useParams } from 'react-router-dom';
import { agentTasksApiRef } from '../api';
import { ActorName } from '../links/ActorName';
import { useLiveResource } from '../live/useLiveResource';
import { triggersRouteRef } from '../routes';
import { describeError } from '../states/describeError';
import { ProblemPanel } from '../states/ProblemPanel';
import { ResourceView } from '../states/ResourceView';
import { Panel } from '../task/Panel';
import { TaskTableSkeleton } from '../tasks/TaskTableSkeleton';
import { UsageBullet } from '../team/UsageBullet';
import { RelativeTime } from '../time/RelativeTime';
import { agentTasksTranslationRef } from '../translation';
import { RunTable } from './RunTable';
import { TriggerActions } from './TriggerActions';
import { TriggerFacts } from './TriggerFacts';

const useStyles = makeStyles(
  theme => ({
    back: { display: 'inline-block', marginBottom: theme.spacing(1) },
    head: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      justifyContent: 'space-between',
      gap: theme.spacing(1, 2),
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
    cap: {
      display: 'flex',
      justifyContent: 'space-between',
      gap: theme.spacing(2),
      marginBottom: theme.spacing(1),
    },
  }),
  { name: 'AgentTasksTriggerPage' },
);

/** One trigger: what it does, its last runs, and why one did not launch. */
export function TriggerPage() {
  const { triggerId = '' } = useParams();
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const api = useApi(agentTasksApiRef);
  const toTriggers = useRouteRef(triggersRouteRef);
  const resource = useLiveResource({
    key: `trigger ${triggerId}`,
    load: async signal => {
      const [trigger, runs] = await Promise.all([
        api.getTrigger(triggerId, { signal }),
        api.listTriggerRuns(triggerId, { limit: 20 }, { signal }),
      ]);
      return { trigger, runs };
    },
    isUnsettled: ({ trigger }) => trigger.lastRun?.outcome === 'pending',
  });
  return (
    <>
      <Link to={toTriggers()} className={classes.back}>
        ← {t('trigger.back')}
      </Link>
      <ResourceView
        resource={resource}
        what="trigger"
        permission={agentTaskTriggerReadPermission.name}
        skeleton={<TaskTableSkeleton rows={6} />}
        renderError={error =>
          describeError(error).status === 404 ? (
            <ProblemPanel
              role="alert"
              title={t('trigger.notFoundTitle')}
              lines={[t('trigger.notFound')]}
              link={<Link to={toTriggers()}>{t('trigger.back')}</Link>}
            />
          ) : undefined
        }
      >
        {({ trigger, runs }) => (
          <>
            <div className={classes.head}>
              <div>
                <Typography variant="h5" component="h2">
                  {trigger.title ?? trigger.name}
                </Typography>
                <Typography variant="body2" color="textSecondary">
                  {t(`trigger.type.${trigger.type}`)}
                  {trigger.description && ` · ${trigger.description}`}
                </Typography>
              </div>
              <TriggerActions trigger={trigger} onChanged={resource.refresh} />
            </div>
            <Notes trigger={trigger} />
            <div className={classes.columns}>
              <Panel heading={t('trigger.runs.heading')}>
                <RunTable triggerId={trigger.id} newest={runs} />
              </Panel>
              <div>
                <Panel heading={t('trigger.caps.heading')}>
                  <div className={classes.cap}>
                    <span>{t('trigger.caps.hour')}</span>
                    <UsageBullet
                      usage={{
                        used: trigger.usage.tasksLastHour,
                        max: trigger.caps.tasksPerHour,
                      }}
                    />
                  </div>
                  <div className={classes.cap}>
                    <span>{t('trigger.caps.open')}</span>
                    <UsageBullet
                      usage={{
                        used: trigger.usage.openTasks,
                        max: trigger.caps.openAtOnce,
                      }}
                    />
                  </div>
                </Panel>
                <Panel heading={t('trigger.facts.heading')}>
                  <TriggerFacts trigger={trigger} />
                </Panel>
              </div>
            </div>
          </>
        )}
      </ResourceView>
    </>
  );
}

function Notes(props: { trigger: Trigger }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { paused, problem } = props.trigger;
  return (
    <>
      {problem && (
        <Alert severity="warning" role="status" className={classes.note}>
          {problem}
        </Alert>
      )}
      {paused && (
        <Alert severity="info" role="status" className={classes.note}>
          {t('trigger.paused')} <RelativeTime at={paused.since} />{' '}
          <ActorName actor={paused.by} />: {paused.reason}
        </Alert>
      )}
    </>
  );
}
