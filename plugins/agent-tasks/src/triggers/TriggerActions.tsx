import {
  agentTaskTriggerManagePermission,
  type Trigger,
} from '@agent-tasks/plugin-agent-tasks-common';
import { LinkButton } from '@backstage/core-components';
import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useRef, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { agentTasksApiRef } from '../api';
import { ReasonDialog } from '../campaigns/ReasonDialog';
import { createIdempotencyKey } from '../launch/createIdempotencyKey';
import { triggerEditorRouteRef, triggersRouteRef } from '../routes';
import { agentTasksTranslationRef } from '../translation';

type Action = 'run' | 'pause' | 'resume' | 'remove';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) },
  }),
  { name: 'AgentTasksTriggerActions' },
);

/** What can be done with a trigger. Each says first what it will do. */
export function TriggerActions(props: {
  trigger: Trigger;
  onChanged: () => void;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const api = useApi(agentTasksApiRef);
  const toEditor = useRouteRef(triggerEditorRouteRef);
  const toTriggers = useRouteRef(triggersRouteRef);
  const navigate = useNavigate();
  const { trigger, onChanged } = props;
  const [action, setAction] = useState<Action>();
  // A second try of the same run is no second run.
  const runKey = useRef('');

  if (!trigger.mayManage) {
    return (
      <Typography variant="body2" color="textSecondary">
        {t('trigger.action.forbidden', {
          permission: agentTaskTriggerManagePermission.name,
        })}
      </Typography>
    );
  }
  const calls: Record<Action, (reason: string) => Promise<unknown>> = {
    run: () => api.runTrigger(trigger.id, runKey.current),
    pause: reason => api.pauseTrigger(trigger.id, { reason }),
    resume: () => api.resumeTrigger(trigger.id),
    remove: () => api.deleteTrigger(trigger.id),
  };
  const confirm = async (chosen: Action, reason: string) => {
    await calls[chosen](reason);
    if (chosen === 'remove') {
      navigate(toTriggers());
      return;
    }
    setAction(undefined);
    onChanged();
  };
  const offered: Action[] = [
    ...(trigger.type === 'schedule' && !trigger.paused
      ? (['run'] as const)
      : []),
    trigger.paused ? 'resume' : 'pause',
    'remove',
  ];
  return (
    <div className={classes.root}>
      {offered.map(one => (
        <Button
          key={one}
          variant="outlined"
          onClick={() => {
            runKey.current = createIdempotencyKey();
            setAction(one);
          }}
        >
          {t(`trigger.action.${one}`)}
        </Button>
      ))}
      <LinkButton to={toEditor({ triggerId: trigger.id })} variant="outlined">
        {t('trigger.action.edit')}
      </LinkButton>
      {action && (
        <ReasonDialog
          key={action}
          title={t(`trigger.${action}.title`, {
            name: trigger.title ?? trigger.name,
          })}
          text={t(`trigger.${action}.text`)}
          confirm={t(`trigger.${action}.submit`)}
          reason={action === 'pause' ? 'required' : undefined}
          describeFailure={message =>
            t(`trigger.${action}.failed`, { message })
          }
          onClose={() => setAction(undefined)}
          onConfirm={reason => confirm(action, reason)}
        />
      )}
    </div>
  );
}
