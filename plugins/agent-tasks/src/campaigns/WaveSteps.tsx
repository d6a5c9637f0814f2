import {
  agentTaskApprovePermission,
  type Campaign,
  type CampaignWave,
} from '@agent-tasks/plugin-agent-tasks-common';
import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import classNames from 'classnames';
import { Fragment, type ReactNode, useState } from 'react';
import { agentTasksApiRef } from '../api';
import { ActorName } from '../links/ActorName';
import { Panel } from '../task/Panel';
import { formatDuration } from '../time/formatTime';
import { RelativeTime } from '../time/RelativeTime';
import { agentTasksTranslationRef } from '../translation';
import { countParts } from './campaignProgress';
import { PartBar } from './PartBar';
import { ReasonDialog } from './ReasonDialog';
import { formatPercent, StopNote } from './StopNote';

const useStyles = makeStyles(
  theme => ({
    list: {
      listStyle: 'none',
      display: 'grid',
      gridTemplateColumns: 'repeat(auto-fill, minmax(220px, 1fr))',
      gap: theme.spacing(1.5),
      margin: theme.spacing(0, 0, 1.5),
      padding: 0,
    },
    wave: {
      padding: theme.spacing(1.5),
      border: `1px solid ${theme.palette.divider}`,
      borderTop: `3px solid ${theme.palette.divider}`,
      borderRadius: theme.shape.borderRadius,
      fontVariantNumeric: 'tabular-nums',
    },
    current: { borderTopColor: theme.palette.primary.main },
    person: { borderTopColor: theme.palette.error.main },
    head: {
      display: 'flex',
      justifyContent: 'space-between',
      gap: theme.spacing(1),
      marginBottom: theme.spacing(0.5),
    },
    title: { fontWeight: 600 },
    note: {
      color: theme.palette.text.secondary,
      fontSize: theme.typography.caption.fontSize,
      marginTop: theme.spacing(0.5),
    },
    button: { marginTop: theme.spacing(1) },
  }),
  { name: 'AgentTasksWaveSteps' },
);

/** The waves as steps: how large, how far, what comes next, and on what rule they stop. */
export function WaveSteps(props: {
  campaign: Campaign;
  onChanged: () => void;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { campaign, onChanged } = props;
  const { waves } = campaign;
  const stopped = waves.find(wave => wave.state === 'stopped');
  return (
    <Panel heading={t('campaign.waves.heading')}>
      {stopped?.stop && (
        <StopNote
          campaign={campaign}
          stop={stopped.stop}
          onChanged={onChanged}
        />
      )}
      <ol className={classes.list} aria-label={t('campaign.waves.heading')}>
        {waves.map(wave => (
          <WaveStep
            key={wave.number}
            wave={wave}
            campaign={campaign}
            onChanged={onChanged}
          />
        ))}
      </ol>
      <RolloutWords campaign={campaign} />
    </Panel>
  );
}

function WaveStep(props: {
  wave: CampaignWave;
  campaign: Campaign;
  onChanged: () => void;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { wave } = props;
  const needsPerson =
    wave.state === 'stopped' || wave.state === 'waiting_for_approval';
  const notes: ReactNode[] = [
    wave.releasedAt &&
      t('campaign.waves.released', {
        time: <RelativeTime at={wave.releasedAt} />,
      }),
    wave.approvedBy &&
      t('campaign.waves.approvedBy', {
        who: <ActorName actor={wave.approvedBy} />,
      }),
    wave.continuedBy &&
      t('campaign.waves.continuedBy', {
        who: <ActorName actor={wave.continuedBy} />,
      }),
    wave.state === 'soaking' &&
      wave.continuesAt &&
      t('campaign.waves.goesOn', {
        time: <RelativeTime at={wave.continuesAt} />,
      }),
  ].filter(Boolean);
  return (
    <li
      className={classNames(classes.wave, {
        [classes.current]: wave.state === 'running' || wave.state === 'soaking',
        [classes.person]: needsPerson,
      })}
      aria-current={
        wave.state === 'running' || wave.state === 'soaking' || needsPerson
          ? 'step'
          : undefined
      }
    >
      <div className={classes.head}>
        <span className={classes.title}>
          {t('campaign.waves.label', {
            number: String(wave.number),
            size: wave.size,
          })}
        </span>
        <span>{t('campaign.waves.tasks', { count: wave.tasks })}</span>
      </div>
      <div>{t(`campaign.waves.state.${wave.state}`)}</div>
      {wave.tasks > 0 && wave.releasedAt && (
        <PartBar counts={countParts(wave.states)} hasLegend />
      )}
      {notes.length > 0 && (
        <div className={classes.note}>
          {notes.map((note, index) => (
            <Fragment key={index}>
              {index > 0 && ' · '}
              {note}
            </Fragment>
          ))}
        </div>
      )}
      {wave.state === 'waiting_for_approval' && <Approve {...props} />}
    </li>
  );
}

function Approve(props: {
  wave: CampaignWave;
  campaign: Campaign;
  onChanged: () => void;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const api = useApi(agentTasksApiRef);
  const [isAsked, setAsked] = useState(false);
  const { wave, campaign } = props;
  const number = String(wave.number);
  if (!campaign.can.approve) {
    return (
      <div className={classes.note}>
        {t('campaign.waves.approveForbidden', {
          permission: agentTaskApprovePermission.name,
        })}
      </div>
    );
  }
  return (
    <>
      <Button
        variant="contained"
        color="primary"
        size="small"
        className={classes.button}
        aria-haspopup="dialog"
        onClick={() => setAsked(true)}
      >
        {t('campaign.waves.approve', { number })}
      </Button>
      {isAsked && (
        <ReasonDialog
          title={t('campaign.waves.approveTitle', { number })}
          text={t('campaign.waves.approveText', { count: wave.tasks })}
          confirm={t('campaign.waves.approveConfirm', { number })}
          describeFailure={message =>
            t('campaign.waves.approveFailed', { message })
          }
          onClose={() => setAsked(false)}
          onConfirm={async () => {
            await api.approveCampaignWave(campaign.id, wave.number);
            setAsked(false);
            props.onChanged();
          }}
        />
      )}
    </>
  );
}

/** How it goes from wave to wave, and on which rules it stops. */
function RolloutWords(props: { campaign: Campaign }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const { rollout, waves } = props.campaign;
  if (waves.length < 2) {
    return null;
  }
  const { stopOn = {}, soakSeconds } = rollout;
  const limits = {
    failed: stopOn.failedPercent,
    closed: stopOn.closedPercent,
    reverted: stopOn.revertedPercent,
    checks_failed: stopOn.checksFailedPercent,
  };
  const rules = (['failed', 'closed', 'reverted', 'checks_failed'] as const)
    .flatMap(rule => {
      const percent = limits[rule];
      return percent === undefined
        ? []
        : [
            t(`campaign.waves.rule.${rule}`, {
              percent: formatPercent(percent),
            }),
          ];
    })
    .join(', ');
  const ruleWords =
    stopOn.minTasks !== undefined && stopOn.minTasks > 1
      ? t('campaign.waves.rulesFrom', {
          rules,
          tasks: String(stopOn.minTasks),
        })
      : t('campaign.waves.rules', { rules });
  return (
    <Typography variant="body2" color="textSecondary">
      {t(`campaign.waves.${rollout.continue ?? 'automatic'}`)}
      {soakSeconds
        ? t('campaign.waves.soak', {
            time: formatDuration({ milliseconds: soakSeconds * 1000 }),
          })
        : '.'}{' '}
      {rules ? ruleWords : t('campaign.waves.noRules')}
    </Typography>
  );
}
