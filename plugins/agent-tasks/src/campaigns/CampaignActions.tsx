import type {
  BulkTaskResults,
  Campaign,
} from '@agent-tasks/plugin-agent-tasks-common';
import { LinkButton } from '@backstage/core-components';
import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Alert from '@material-ui/lab/Alert';
import { useState } from 'react';
import { agentTasksApiRef } from '../api';
import { launchRouteRef } from '../routes';
import { describeError } from '../states/describeError';
import { agentTasksTranslationRef } from '../translation';
import { BulkDialog } from './BulkDialog';
import { type BulkAction, BulkResult } from './BulkResult';
import { countSettled, isOver } from './campaignProgress';
import { PauseCampaignDialog } from './PauseCampaignDialog';
import { ReasonDialog } from './ReasonDialog';
import { saveText } from './saveText';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(1),
      marginBottom: theme.spacing(2),
    },
    alert: { marginBottom: theme.spacing(2), overflowWrap: 'anywhere' },
  }),
  { name: 'AgentTasksCampaignActions' },
);

type Asked = 'pause' | 'cancel' | 'retry' | 'priority';

/** What can be done with a whole campaign, as far as the person may and its state lets them. */
export function CampaignActions(props: {
  campaign: Campaign;
  onChanged: () => void;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const api = useApi(agentTasksApiRef);
  const toLaunch = useRouteRef(launchRouteRef);
  const { campaign, onChanged } = props;
  const { id, can } = campaign;
  const [asked, setAsked] = useState<Asked>();
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const [results, setResults] = useState<{
    action: BulkAction;
    results: BulkTaskResults;
  }>();
  const over = isOver(campaign);
  const open = campaign.taskCount - countSettled(campaign.states);
  const failed = campaign.states.failed ?? 0;

  const close = () => setAsked(undefined);
  const finish = () => {
    close();
    onChanged();
  };
  const perform = async (
    action: () => Promise<unknown>,
    describe: (message: string) => string,
  ) => {
    setBusy(true);
    setFailure(undefined);
    try {
      await action();
      onChanged();
    } catch (error) {
      setFailure(describe(describeError(error as Error).message));
    } finally {
      setBusy(false);
    }
  };

  return (
    <>
      <div
        role="group"
        aria-label={t('campaign.action.label')}
        className={classes.root}
      >
        {can.cancel && !over && !campaign.paused && (
          <Button
            variant="outlined"
            aria-haspopup="dialog"
            onClick={() => setAsked('pause')}
          >
            {t('campaign.action.pause')}
          </Button>
        )}
        {can.cancel && campaign.paused && (
          <Button
            variant="outlined"
            color="primary"
            disabled={isBusy}
            onClick={() =>
              perform(
                () => api.resumeCampaign(id),
                message => t('campaign.action.failed', { message }),
              )
            }
          >
            {t('campaign.action.resume')}
          </Button>
        )}
        {can.cancel && failed > 0 && (
          <Button
            variant="outlined"
            aria-haspopup="dialog"
            onClick={() => setAsked('retry')}
          >
            {t('campaign.action.retry', { count: failed })}
          </Button>
        )}
        {can.approve && !over && (
          <Button
            variant="outlined"
            aria-haspopup="dialog"
            onClick={() => setAsked('priority')}
          >
            {t('campaign.action.priority')}
          </Button>
        )}
        {can.create && campaign.state !== 'cancelled' && (
          <LinkButton
            variant="outlined"
            to={`${toLaunch()}?${new URLSearchParams({ campaign: id })}`}
          >
            {t('campaign.action.add')}
          </LinkButton>
        )}
        <Button
          variant="outlined"
          disabled={isBusy}
          onClick={() =>
            perform(
              async () =>
                saveText({
                  text: await api.exportCampaign(id),
                  name: `${id}.csv`,
                  type: 'text/csv;charset=utf-8',
                }),
              message => t('campaign.action.exportFailed', { message }),
            )
          }
        >
          {t('campaign.action.export')}
        </Button>
        {can.cancel && !over && (
          <Button aria-haspopup="dialog" onClick={() => setAsked('cancel')}>
            {t('campaign.action.cancel')}
          </Button>
        )}
      </div>
      {failure && (
        <Alert severity="error" role="alert" className={classes.alert}>
          {failure}
        </Alert>
      )}
      {results && (
        <BulkResult
          {...results}
          nameOf={taskId => taskId}
          onClose={() => setResults(undefined)}
        />
      )}
      {asked === 'pause' && (
        <PauseCampaignDialog
          onClose={close}
          onPause={async request => {
            await api.pauseCampaign(id, request);
            finish();
          }}
        />
      )}
      {asked === 'cancel' && (
        <ReasonDialog
          title={t('campaign.action.cancelTitle')}
          text={t('campaign.action.cancelText', { count: open })}
          confirm={t('campaign.action.cancelConfirm')}
          reason="required"
          describeFailure={message => t('campaign.action.failed', { message })}
          onClose={close}
          onConfirm={async reason => {
            await api.cancelCampaign(id, { reason });
            finish();
          }}
        />
      )}
      {asked === 'retry' && (
        <BulkDialog
          action="retry"
          count={failed}
          perform={() => api.retryCampaign(id)}
          onClose={close}
          onDone={done => {
            setResults({ action: 'retry', results: done });
            finish();
          }}
        />
      )}
      {asked === 'priority' && (
        <BulkDialog
          action="priority"
          count={open}
          priority={campaign.priority}
          perform={async ({ priority = campaign.priority }) => {
            await api.setCampaignPriority(id, { priority });
            return { results: [] };
          }}
          onClose={close}
          onDone={finish}
        />
      )}
    </>
  );
}
