import type { Campaign } from '@agent-tasks/plugin-agent-tasks-common';
import { useRouteRef } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import Skeleton from '@material-ui/lab/Skeleton';
import { useCallback } from 'react';
import { useNavigate } from 'react-router-dom';
import { campaignRouteRef } from '../routes';
import { describeError } from '../states/describeError';
import { RemoteBanner } from '../status/RemoteBanner';
import { usePortalStatus } from '../status/usePortalStatus';
import { Panel } from '../task/Panel';
import { agentTasksTranslationRef } from '../translation';
import { ComponentPicker } from './ComponentPicker';
import { LaunchBar } from './LaunchBar';
import { LaunchProblem } from './LaunchPlan';
import { PlanDifferenceNote } from './PlanDifferenceNote';
import { PlanGroups } from './PlanGroups';
import { PlanStrip } from './PlanStrip';
import { TemplateColumn } from './TemplateColumn';
import { useLaunchPage } from './useLaunchPage';

/** Below this width three columns would be too narrow to read. */
const STACKED = '@media (max-width: 1100px)';

const useStyles = makeStyles(
  theme => ({
    heading: { marginBottom: theme.spacing(2) },
    columns: {
      display: 'grid',
      gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 0.9fr) minmax(0, 1.15fr)',
      gap: theme.spacing(2),
      // Each column has its own scroll bar, so that all three stay in sight.
      '& > section': {
        marginBottom: 0,
        boxSizing: 'border-box',
        maxHeight: 'max(440px, calc(100vh - 420px))',
        overflowY: 'auto',
      },
      [STACKED]: {
        gridTemplateColumns: 'minmax(0, 1fr)',
        '& > section': { maxHeight: 'max(560px, 80vh)' },
      },
    },
    alert: { marginBottom: theme.spacing(2), overflowWrap: 'anywhere' },
    stale: { opacity: 0.55 },
  }),
  { name: 'AgentTasksLaunchPage' },
);

/** Launches a template on 1 to many components: what is chosen stands beside what will happen. */
export function LaunchPage() {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const navigate = useNavigate();
  const toCampaign = useRouteRef(campaignRouteRef);
  const status = usePortalStatus();
  const launch = useLaunchPage({
    onLaunched: useCallback(
      (campaign: Campaign) => navigate(toCampaign({ campaignId: campaign.id })),
      [navigate, toCampaign],
    ),
  });
  const { parameters, live } = launch;
  return (
    <>
      <RemoteBanner status={status.value} />
      <Typography variant="h5" component="h2" className={classes.heading}>
        {t(
          parameters.campaign ? 'launchPage.headingAdd' : 'launchPage.heading',
        )}
      </Typography>
      <PlanStrip
        plan={live.made?.plan}
        isStale={live.made !== undefined && !live.isCurrent}
      />
      <div className={classes.columns}>
        <Panel heading={t('launchPage.components')}>
          <ComponentPicker
            parameters={parameters}
            filter={launch.filter}
            vocabulary={launch.vocabulary}
            lost={launch.lost}
            onChange={launch.change}
          />
        </Panel>
        <Panel heading={t('launchPage.template')}>
          <TemplateColumn
            target={launch.target}
            parameters={parameters}
            onChoose={launch.choose}
            onChange={launch.change}
            onFill={launch.fill}
            onCheck={launch.check}
          />
        </Panel>
        <Panel heading={t('launchPage.plan.heading')}>
          <PlanColumn launch={launch} />
        </Panel>
      </div>
      <LaunchBar launch={launch} />
    </>
  );
}

function PlanColumn(props: { launch: ReturnType<typeof useLaunchPage> }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { live, error, isOutdated, difference } = props.launch;
  return (
    <>
      {error && <LaunchProblem error={error} isOutdated={isOutdated} />}
      <RevisionNote launch={props.launch} />
      {difference && <PlanDifferenceNote difference={difference.found} />}
      {live.error && (
        <Alert
          severity="error"
          role="alert"
          className={classes.alert}
          action={
            <Button color="inherit" size="small" onClick={live.replan}>
              {t('action.retry')}
            </Button>
          }
        >
          {t('launch.planFailed', {
            message: describeError(live.error).message,
          })}
        </Alert>
      )}
      {live.made ? (
        <div
          aria-busy={live.isPlanning}
          className={live.isCurrent ? undefined : classes.stale}
        >
          <PlanGroups made={live.made} />
        </div>
      ) : (
        <PlanSkeleton isPlanning={live.isPlanning} />
      )}
    </>
  );
}

/** Says that the plan was made with another revision of the template than a campaign has. */
function RevisionNote(props: { launch: ReturnType<typeof useLaunchPage> }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { live, target } = props.launch;
  const campaign = target.value?.campaign;
  const planned = live.made?.plan.template.revision;
  if (
    !campaign ||
    planned === undefined ||
    planned === campaign.template.revision
  ) {
    return null;
  }
  return (
    <Alert severity="info" className={classes.alert}>
      {t('launchPage.otherRevision', {
        now: String(planned),
        own: String(campaign.template.revision),
      })}
    </Alert>
  );
}

function PlanSkeleton(props: { isPlanning: boolean }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  return props.isPlanning ? (
    <div aria-hidden="true">
      {Array.from({ length: 5 }, (_, index) => (
        <Skeleton key={index} height={40} />
      ))}
    </div>
  ) : (
    <Typography variant="body2" color="textSecondary">
      {t('launchPage.plan.empty')}
    </Typography>
  );
}
