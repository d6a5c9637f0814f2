import type { Plan } from '@agent-tasks/plugin-agent-tasks-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import CircularProgress from '@material-ui/core/CircularProgress';
import { makeStyles } from '@material-ui/core/styles';
import Alert from '@material-ui/lab/Alert';
import AlertTitle from '@material-ui/lab/AlertTitle';
import { describeError } from '../states/describeError';
import { agentTasksTranslationRef } from '../translation';
import { PlanPreview } from './PlanPreview';
import { isPlanOutdated } from './useLaunch';

const useStyles = makeStyles(
  theme => ({
    alert: {
      marginBottom: theme.spacing(2),
      overflowWrap: 'anywhere',
      whiteSpace: 'pre-line',
    },
    actions: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(1),
      position: 'sticky',
      bottom: 0,
      padding: theme.spacing(1.5, 0),
      backgroundColor: theme.palette.background.paper,
    },
    progress: { marginRight: theme.spacing(1) },
  }),
  { name: 'AgentTasksLaunchPlan' },
);

/** The plan with the button that launches it, which says what it does. */
export function LaunchPlan(props: {
  plan: Plan;
  isPlanning: boolean;
  isLaunching: boolean;
  launchError?: Error;
  planError?: Error;
  onLaunch: () => void;
  onReview: () => void;
  onBack: () => void;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { plan, launchError, planError } = props;
  const isOutdated = isPlanOutdated(launchError);
  const isBusy = props.isLaunching || props.isPlanning;
  return (
    <>
      {planError && (
        <Alert severity="error" className={classes.alert}>
          {t('launch.planFailed', {
            message: describeError(planError).message,
          })}
        </Alert>
      )}
      <PlanPreview plan={plan} />
      {launchError && (
        <LaunchProblem error={launchError} isOutdated={isOutdated} />
      )}
      <div className={classes.actions}>
        {isOutdated ? (
          <Button
            variant="contained"
            color="primary"
            disabled={isBusy}
            onClick={props.onReview}
          >
            {t('launch.reviewNew')}
          </Button>
        ) : (
          plan.tasks.length > 0 && (
            <Button
              variant="contained"
              color="primary"
              disabled={isBusy}
              onClick={props.onLaunch}
            >
              {props.isLaunching && (
                <CircularProgress
                  size={16}
                  color="inherit"
                  className={classes.progress}
                  aria-hidden="true"
                />
              )}
              {props.isLaunching
                ? t('launch.submitting')
                : t('launch.submit', { count: plan.tasks.length })}
            </Button>
          )
        )}
        <Button onClick={props.onBack} disabled={props.isLaunching}>
          {t('action.back')}
        </Button>
      </div>
    </>
  );
}

/** Why nothing was launched, or that it is not certain. */
export function LaunchProblem(props: { error: Error; isOutdated: boolean }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { status, message } = describeError(props.error);
  if (props.isOutdated) {
    return (
      <Alert severity="warning" role="alert" className={classes.alert}>
        <AlertTitle>{t('launch.changed')}</AlertTitle>
        {message}
      </Alert>
    );
  }
  return (
    <Alert severity="error" role="alert" className={classes.alert}>
      <AlertTitle>{t('launch.failed', { message })}</AlertTitle>
      {(status === undefined || status >= 500) && t('launch.failedUnclear')}
    </Alert>
  );
}
