import type { Task } from '@agent-tasks/plugin-agent-tasks-common';
import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { agentTasksApiRef } from '../api';
import { ConfirmDialog } from '../forms/ConfirmDialog';
import { agentTasksTranslationRef } from '../translation';

/** The states in which a task can be cancelled. */
const cancellable = [
  'queued',
  'starting',
  'undecided',
  'running',
  'needs_input',
  'in_review',
] as const;
type Cancellable = (typeof cancellable)[number];

export function isCancellable(state: Task['state']): state is Cancellable {
  return (cancellable as readonly string[]).includes(state);
}

/** Asks before it cancels, and says first what cancelling will do in the state that the task is in. */
export function CancelDialog(props: {
  taskId: string;
  state: Cancellable;
  onClose: () => void;
  onCancelled: () => void;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const api = useApi(agentTasksApiRef);
  return (
    <ConfirmDialog
      layout="question"
      title={t('cancel.title')}
      text={t(`cancel.will.${props.state}`)}
      confirm={t('cancel.confirm')}
      keep={t('cancel.keep')}
      reason={{ help: t('cancel.reasonHelp') }}
      describeFailure={message => t('cancel.failed', { message })}
      onClose={props.onClose}
      onConfirm={async reason => {
        await api.cancelTask(props.taskId, reason ? { reason } : {});
        props.onCancelled();
      }}
    />
  );
}
