import type {
  Exclusion,
  Plan,
  PlannedTask,
} from '@agent-tasks/plugin-agent-tasks-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import AlertTitle from '@material-ui/lab/AlertTitle';
import { EntityLink } from '../links/EntityLink';
import { repositoryName } from '../links/RepositoryLink';
import { Panel } from '../task/Panel';
import { agentTasksTranslationRef } from '../translation';
import { PlannedTaskDetails } from './PlannedTaskDetails';

const useStyles = makeStyles(
  theme => ({
    summary: { marginBottom: theme.spacing(2) },
    alert: { marginBottom: theme.spacing(2), overflowWrap: 'anywhere' },
    list: { margin: 0, paddingLeft: theme.spacing(2.5) },
  }),
  { name: 'AgentTasksPlanPreview' },
);

/** What a launch would do, before it does anything. */
export function PlanPreview(props: { plan: Plan }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { plan } = props;
  const starting = plan.tasks.filter(task => task.willStart).length;
  const waiting = plan.tasks.length - starting;
  return (
    <>
      <Typography className={classes.summary} role="status">
        {plan.tasks.length === 0 && <>{t('launch.plan.nothing')} </>}
        {starting > 0 && (
          <>{t('launch.plan.startsNow', { count: starting })} </>
        )}
        {waiting > 0 && <>{t('launch.plan.waits', { count: waiting })} </>}
        {plan.excluded.length > 0 && (
          <>{t('launch.plan.excluded', { count: plan.excluded.length })} </>
        )}
      </Typography>
      {plan.excluded.map(exclusion => (
        <ExclusionNote key={exclusion.component} exclusion={exclusion} />
      ))}
      {plan.warnings.length > 0 && (
        <Alert severity="warning" className={classes.alert}>
          <AlertTitle>{t('launch.plan.warnings')}</AlertTitle>
          <ul className={classes.list}>
            {plan.warnings.map(warning => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        </Alert>
      )}
      {plan.tasks.map(task => (
        <PlannedTaskPanel key={task.repository.ref} task={task} plan={plan} />
      ))}
    </>
  );
}

function PlannedTaskPanel(props: { task: PlannedTask; plan: Plan }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const { task, plan } = props;
  return (
    <Panel
      heading={t('launch.plan.task', {
        repository: repositoryName({ repositoryRef: task.repository.ref }),
      })}
    >
      <PlannedTaskDetails task={task} plan={plan} />
    </Panel>
  );
}

function ExclusionNote(props: { exclusion: Exclusion }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { exclusion } = props;
  return (
    <Alert severity="error" className={classes.alert} role="alert">
      <AlertTitle>
        {t('launch.plan.excludedHeading')}:{' '}
        <EntityLink entityRef={exclusion.component} />
      </AlertTitle>
      <div>{exclusion.message}</div>
      <div>{t('launch.plan.remedy', { remedy: exclusion.remedy })}</div>
    </Alert>
  );
}
