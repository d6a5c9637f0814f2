import type { Brake } from '@agent-tasks/plugin-agent-tasks-common';
import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { agentTasksApiRef } from '../api';
import { ConfirmDialog } from '../forms/ConfirmDialog';
import { agentTasksTranslationRef } from '../translation';

/** Asks before a brake is released, and says first what will happen then. */
export function ReleaseBrakeDialog(props: {
  brake: Brake;
  /** What it is on, in words. */
  target: string;
  heldTasks: number;
  onClose: () => void;
  onReleased: (brake: Brake) => void;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const api = useApi(agentTasksApiRef);
  const { brake, target, heldTasks } = props;
  return (
    <ConfirmDialog
      layout="question"
      title={t('brake.releaseTitle', { target })}
      text={
        heldTasks > 0
          ? t('brake.releaseWill', { count: heldTasks })
          : t('brake.releaseHoldsNone')
      }
      confirm={t('brake.releaseConfirm')}
      keep={t('brake.keep')}
      describeFailure={message => t('brake.releaseFailed', { message })}
      onClose={props.onClose}
      onConfirm={async () => props.onReleased(await api.releaseBrake(brake.id))}
    />
  );
}
