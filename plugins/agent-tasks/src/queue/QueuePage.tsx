import { agentTaskTemplateReadPermission } from '@agent-tasks/plugin-agent-tasks-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import { ProblemPanel } from '../states/ProblemPanel';
import { ResourceView } from '../states/ResourceView';
import { RemoteBanner } from '../status/RemoteBanner';
import { usePortalStatus } from '../status/usePortalStatus';
import { Panel } from '../task/Panel';
import { agentTasksTranslationRef } from '../translation';
import { AccountTable } from './AccountTable';
import { BrakePanel } from './BrakePanel';
import { DepthPanel } from './DepthPanel';
import { HoldLegend } from './HoldLegend';
import { HoldList } from './HoldList';
import { countByReason } from './holdReasons';
import { QueueSkeleton } from './QueueSkeleton';
import { QueueSummary } from './QueueSummary';
import { RunningLanes } from './RunningLanes';
import { TeamTable } from './TeamTable';
import { useBrakeTargets } from './useBrakeTargets';
import { useQueue } from './useQueue';
import { useTeamTitles } from './useTeamTitles';

const useStyles = makeStyles(
  theme => ({
    heading: { marginBottom: theme.spacing(2) },
    unknown: { marginBottom: theme.spacing(2) },
    columns: {
      display: 'grid',
      gridTemplateColumns: 'minmax(0, 1fr) minmax(320px, 440px)',
      alignItems: 'start',
      gap: theme.spacing(0, 2),
      [theme.breakpoints.down('md')]: {
        gridTemplateColumns: 'minmax(0, 1fr)',
      },
    },
  }),
  { name: 'AgentTasksQueuePage' },
);

/** How deep the queue is and was, what holds it, what runs, how the accounts are, and the brakes. */
export function QueuePage() {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const status = usePortalStatus();
  const resource = useQueue();
  const queue = resource.value?.queue;
  const titleOf = useTeamTitles([
    ...(queue?.teams ?? []).map(({ team }) => team),
    ...(queue?.brakes ?? []).flatMap(brake =>
      brake.scope === 'team' && brake.subject ? [brake.subject] : [],
    ),
  ]);
  const targets = useBrakeTargets({ status: status.value, titleOf });

  return (
    <>
      <RemoteBanner status={status.value} />
      <Typography variant="h5" component="h2" className={classes.heading}>
        {t('queue.heading')}
      </Typography>
      <ResourceView
        resource={resource}
        what="queue"
        permission={agentTaskTemplateReadPermission.name}
        skeleton={<QueueSkeleton />}
      >
        {view => (
          <>
            {!view.queue.known && (
              <Alert
                severity="warning"
                role="status"
                className={classes.unknown}
              >
                <strong>{t('queue.unknown')}</strong> {t('queue.unknownText')}
              </Alert>
            )}
            <QueueSummary queue={view.queue} status={status.value} />
            <BrakePanel view={view} targets={targets} />
            {view.queue.teams.length === 0 ? (
              <ProblemPanel
                role="status"
                title={t('queue.empty')}
                lines={[t('queue.emptyText')]}
              />
            ) : (
              <>
                <div className={classes.columns}>
                  <DepthPanel
                    teams={view.queue.teams}
                    updatedAt={resource.updatedAt ?? 0}
                  />
                  <Panel heading={t('queue.holds')}>
                    {view.queue.holds.length === 0 ? (
                      <Typography variant="body2" color="textSecondary">
                        {t('queue.noHolds')}
                      </Typography>
                    ) : (
                      <HoldList
                        label={t('queue.holds')}
                        holds={view.queue.holds}
                        brakes={view.queue.brakes}
                        targets={targets}
                      />
                    )}
                  </Panel>
                </div>
                <Panel heading={t('queue.teams')}>
                  <HoldLegend
                    held={countByReason({
                      holds: view.queue.teams.map(({ holds }) => holds),
                    })}
                  />
                  <Typography
                    variant="caption"
                    component="p"
                    color="textSecondary"
                    gutterBottom
                  >
                    {t('queue.share.legend')}
                  </Typography>
                  <TeamTable
                    queue={view.queue}
                    titleOf={titleOf}
                    targets={targets}
                  />
                </Panel>
              </>
            )}
            <RunningLanes />
            <Panel heading={t('queue.accounts.heading')}>
              <AccountTable accounts={view.queue.accounts} targets={targets} />
            </Panel>
          </>
        )}
      </ResourceView>
    </>
  );
}
