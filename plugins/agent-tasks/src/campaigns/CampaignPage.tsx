import {
  agentTaskReadPermission,
  type Campaign,
} from '@agent-tasks/plugin-agent-tasks-common';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import Skeleton from '@material-ui/lab/Skeleton';
import { useRef } from 'react';
import { useParams } from 'react-router-dom';
import { ActorName } from '../links/ActorName';
import { EntityLink } from '../links/EntityLink';
import { announceBrakeChange } from '../queue/brakeChanges';
import { Pages } from '../queue/Pages';
import { campaignsRouteRef } from '../routes';
import { describeError } from '../states/describeError';
import { ProblemPanel } from '../states/ProblemPanel';
import { ResourceView } from '../states/ResourceView';
import { RemoteBanner } from '../status/RemoteBanner';
import { usePortalStatus } from '../status/usePortalStatus';
import { Facts } from '../task/Facts';
import { JsonFacts } from '../task/JsonFacts';
import { Panel } from '../task/Panel';
import { useTaskListParameters } from '../tasks/useTaskListParameters';
import { RelativeTime } from '../time/RelativeTime';
import { agentTasksTranslationRef } from '../translation';
import { BurndownPanel } from './BurndownPanel';
import { CampaignActions } from './CampaignActions';
import { countParts } from './campaignProgress';
import { CampaignStateLabel } from './CampaignStateLabel';
import { CampaignTasks } from './CampaignTasks';
import { PartBar } from './PartBar';
import { ProgressWords } from './ProgressWords';
import { TeamOutcomes } from './TeamOutcomes';
import { useCampaign } from './useCampaign';
import { WaveSteps } from './WaveSteps';

const EXCLUDED_PER_PAGE = 10;

const useStyles = makeStyles(
  theme => ({
    back: { marginBottom: theme.spacing(1) },
    head: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'baseline',
      gap: theme.spacing(0.5, 2),
    },
    progress: {
      margin: theme.spacing(1, 0),
      fontSize: theme.typography.body1.fontSize,
      fontVariantNumeric: 'tabular-nums',
    },
    bar: { margin: theme.spacing(1, 0, 2) },
    alert: { marginBottom: theme.spacing(2), overflowWrap: 'anywhere' },
    columns: {
      display: 'grid',
      gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr)',
      alignItems: 'start',
      gap: theme.spacing(0, 2),
      [theme.breakpoints.down('md')]: {
        gridTemplateColumns: 'minmax(0, 1fr)',
      },
    },
    excluded: {
      margin: 0,
      paddingLeft: theme.spacing(2.5),
      overflowWrap: 'anywhere',
    },
  }),
  { name: 'AgentTasksCampaignPage' },
);

/** One campaign: how far it is, its waves, what became of its tasks, and what can be done with them. */
export function CampaignPage() {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { campaignId = '' } = useParams();
  const toCampaigns = useRouteRef(campaignsRouteRef);
  const status = usePortalStatus();
  const resource = useCampaign(campaignId);
  return (
    <>
      <RemoteBanner status={status.value} />
      <div className={classes.back}>
        <Link to={toCampaigns()}>{t('campaign.back')}</Link>
      </div>
      <ResourceView
        resource={resource}
        what="campaign"
        permission={agentTaskReadPermission.name}
        skeleton={<CampaignSkeleton />}
        renderError={error =>
          describeError(error).status === 404 ? (
            <ProblemPanel
              role="status"
              title={t('campaign.notFoundTitle')}
              lines={[t('campaign.notFound', { id: campaignId })]}
            />
          ) : undefined
        }
      >
        {campaign => (
          <CampaignView
            key={campaign.id}
            campaign={campaign}
            onChanged={() => {
              resource.refresh();
              // Pausing a campaign, and going on, is a brake.
              announceBrakeChange();
            }}
          />
        )}
      </ResourceView>
    </>
  );
}

function CampaignView(props: { campaign: Campaign; onChanged: () => void }) {
  const classes = useStyles();
  const { campaign, onChanged } = props;
  const tasks = useRef<HTMLDivElement>(null);
  const { setFilters } = useTaskListParameters();
  return (
    <>
      <CampaignHead campaign={campaign} />
      <CampaignActions campaign={campaign} onChanged={onChanged} />
      <div className={classes.columns}>
        <WaveSteps campaign={campaign} onChanged={onChanged} />
        <BurndownPanel campaign={campaign} />
      </div>
      <TeamOutcomes
        teams={campaign.teams}
        onShow={team => {
          setFilters({ team: [team] });
          tasks.current?.focus();
        }}
      />
      <CampaignTasks ref={tasks} campaign={campaign} onChanged={onChanged} />
      <CampaignFacts campaign={campaign} />
    </>
  );
}

function CampaignHead(props: { campaign: Campaign }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { campaign } = props;
  const { template, trigger, paused, cancelled } = campaign;
  const asked = {
    who: <ActorName actor={campaign.requester} />,
    time: <RelativeTime at={campaign.createdAt} />,
    template: t('launch.plan.revision', {
      template: template.title,
      revision: String(template.revision),
    }),
  };
  return (
    <>
      <div className={classes.head}>
        <Typography variant="h5" component="h2">
          {template.title}
        </Typography>
        <CampaignStateLabel state={campaign.state} />
      </div>
      <Typography
        variant="body1"
        component="p"
        role="status"
        className={classes.progress}
      >
        <ProgressWords campaign={campaign} />
      </Typography>
      <Typography variant="body2">
        {trigger
          ? t('campaign.byTrigger', {
              ...asked,
              who: t('campaign.trigger', { name: trigger.name }),
              owner: <EntityLink entityRef={trigger.owner} />,
            })
          : t('campaign.asked', asked)}
      </Typography>
      <div className={classes.bar}>
        <PartBar counts={countParts(campaign.states)} hasLegend />
      </div>
      {paused && (
        <Alert severity="warning" role="status" className={classes.alert}>
          <strong>{paused.reason}</strong>{' '}
          {t('campaign.pausedNote', {
            since: <RelativeTime at={paused.since} />,
            who: <ActorName actor={paused.by} />,
          })}{' '}
          {paused.until
            ? t('campaign.pausedUntil', {
                time: <RelativeTime at={paused.until} />,
              })
            : t('campaign.pausedForGood')}
        </Alert>
      )}
      {cancelled && (
        <Alert severity="info" role="status" className={classes.alert}>
          {t('campaign.cancelledNote', {
            time: <RelativeTime at={cancelled.at} />,
            who: <ActorName actor={cancelled.by} />,
            reason: cancelled.reason,
          })}
        </Alert>
      )}
    </>
  );
}

function CampaignFacts(props: { campaign: Campaign }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { campaign } = props;
  return (
    <Panel heading={t('campaign.facts')}>
      <Facts
        facts={[
          [t('taskPage.campaign'), <code>{campaign.id}</code>],
          [
            t('campaign.priority'),
            t(`launchPage.priorityOf.${campaign.priority}`),
          ],
          [
            t('taskPage.parameters'),
            Object.keys(campaign.parameters).length > 0 ? (
              <JsonFacts value={campaign.parameters} />
            ) : (
              t('taskPage.noParameters')
            ),
          ],
          [
            t('launchPage.plan.excluded'),
            campaign.excluded.length > 0 && (
              <>
                {t('campaign.excluded', { count: campaign.excluded.length })}
                <Pages
                  label={t('campaign.excludedPages')}
                  items={campaign.excluded}
                  perPage={EXCLUDED_PER_PAGE}
                >
                  {rows => (
                    <ul className={classes.excluded}>
                      {rows.map(one => (
                        <li key={one.component}>
                          <EntityLink entityRef={one.component} />:{' '}
                          {one.message} {one.remedy}
                        </li>
                      ))}
                    </ul>
                  )}
                </Pages>
              </>
            ),
          ],
        ]}
      />
    </Panel>
  );
}

function CampaignSkeleton() {
  return (
    <div aria-hidden="true">
      <Skeleton width="40%" height={40} />
      <Skeleton width="60%" />
      <Skeleton variant="rect" height={12} style={{ margin: '16px 0' }} />
      <Skeleton variant="rect" height={240} />
    </div>
  );
}
