import {
  isSettled,
  type TaskDetails,
} from '@agent-tasks/plugin-agent-tasks-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useState } from 'react';
import { ActorName } from '../links/ActorName';
import { ComponentLinks } from '../links/ComponentLinks';
import { RepositoryLink } from '../links/RepositoryLink';
import { TeamLink } from '../links/TeamLink';
import { StateLabel } from '../tasks/StateLabel';
import { RelativeTime } from '../time/RelativeTime';
import { agentTasksTranslationRef } from '../translation';
import { AttemptList } from './AttemptList';
import { CancelDialog, isCancellable } from './CancelDialog';
import { ChangeFacts } from './ChangeFacts';
import { Facts } from './Facts';
import { HoldNote } from './HoldNote';
import { JsonFacts } from './JsonFacts';
import { Panel } from './Panel';
import { PromptText } from './PromptText';
import { ResolveStart } from './ResolveStart';
import { RetryDialog } from './RetryDialog';

const useStyles = makeStyles(
  theme => ({
    state: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'baseline',
      gap: theme.spacing(0.5, 2),
      fontSize: theme.typography.h6.fontSize,
    },
    since: {
      color: theme.palette.text.secondary,
      fontSize: theme.typography.body2.fontSize,
    },
    action: { marginTop: theme.spacing(1.5) },
  }),
  { name: 'AgentTasksTaskSide' },
);

/** What a task is now: state and what can be done about it, hold, change, attempts, prompt, facts. */
export function TaskSide(props: {
  details: TaskDetails;
  onChanged: () => void;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const { details } = props;
  const { task, hold, parameters } = details;
  return (
    <>
      <StatePanel details={details} onChanged={props.onChanged} />
      {hold && (
        <Panel heading={t('hold.heading')}>
          <HoldNote hold={hold} />
        </Panel>
      )}
      {task.state === 'undecided' && hold?.choices && (
        <Panel heading={t('resolve.heading')}>
          <ResolveStart
            taskId={task.id}
            choices={hold.choices}
            mayResolve={details.permissions.cancel}
            onResolved={props.onChanged}
          />
        </Panel>
      )}
      <Panel heading={t('change.heading')}>
        {task.change ? (
          <ChangeFacts change={task.change} />
        ) : (
          <Typography variant="body2" color="textSecondary">
            {isSettled(task.state) ? t('change.noneSettled') : t('change.none')}
          </Typography>
        )}
      </Panel>
      <Panel heading={t('attempts.heading')}>
        <AttemptList attempts={details.attempts} />
      </Panel>
      <Panel heading={t('taskPage.parameters')}>
        {Object.keys(parameters).length > 0 ? (
          <JsonFacts value={parameters} />
        ) : (
          <Typography variant="body2" color="textSecondary">
            {t('taskPage.noParameters')}
          </Typography>
        )}
      </Panel>
      <Panel heading={t('prompt.heading')}>
        <PromptText prompt={details.prompt} />
      </Panel>
      <Panel heading={t('taskPage.details')}>
        <Facts
          facts={[
            [
              t('taskPage.repository'),
              <RepositoryLink repository={task.repository} />,
            ],
            [
              t('taskPage.components'),
              <ComponentLinks components={task.components} />,
            ],
            [t('taskPage.team'), <TeamLink team={task.team} />],
            [t('taskPage.requester'), <ActorName actor={task.requester} />],
            [t('taskPage.agent'), task.provider],
            [
              t('taskPage.template'),
              `${task.template.title}, ${t('taskPage.revision', {
                revision: String(task.template.revision),
              })}`,
            ],
            [t('taskPage.created'), <RelativeTime at={task.createdAt} />],
            [
              t('taskPage.settled'),
              task.settledAt && <RelativeTime at={task.settledAt} />,
            ],
            [t('taskPage.identifier'), <code>{task.id}</code>],
            [t('taskPage.campaign'), <code>{task.campaignId}</code>],
          ]}
        />
      </Panel>
    </>
  );
}

function StatePanel(props: { details: TaskDetails; onChanged: () => void }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const [isAsking, setAsking] = useState(false);
  const { task, permissions, retry } = props.details;
  return (
    <Panel heading={t('taskPage.summary')}>
      <div className={classes.state}>
        <StateLabel state={task.state} />
        <span className={classes.since}>
          <RelativeTime at={task.stateSince} />
        </span>
      </div>
      {task.stateReason && (
        <Typography variant="body2" color="textSecondary">
          {task.stateReason}
        </Typography>
      )}
      {permissions.cancel && isCancellable(task.state) && (
        <Button
          variant="outlined"
          size="small"
          className={classes.action}
          onClick={() => setAsking(true)}
        >
          {t('cancel.action')}
        </Button>
      )}
      {retry && (
        <Button
          variant="outlined"
          size="small"
          className={classes.action}
          onClick={() => setAsking(true)}
        >
          {t('retryTask.action')}
        </Button>
      )}
      {isAsking && retry && (
        <RetryDialog
          taskId={task.id}
          outlook={retry}
          onClose={() => setAsking(false)}
          onRetried={() => {
            setAsking(false);
            props.onChanged();
          }}
        />
      )}
      {isAsking && isCancellable(task.state) && (
        <CancelDialog
          taskId={task.id}
          state={task.state}
          onClose={() => setAsking(false)}
          onCancelled={() => {
            setAsking(false);
            props.onChanged();
          }}
        />
      )}
    </Panel>
  );
}
