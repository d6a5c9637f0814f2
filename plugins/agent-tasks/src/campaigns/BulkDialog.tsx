import type {
  BulkTaskResults,
  Priority,
} from '@agent-tasks/plugin-agent-tasks-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { useState } from 'react';
import { agentTasksTranslationRef } from '../translation';
import type { BulkAction } from './BulkResult';
import { PriorityField } from './PriorityField';
import { ReasonDialog } from './ReasonDialog';

/** What a person has said of an action. */
export interface BulkChoice {
  action: BulkAction;
  reason?: string;
  priority?: Priority;
}

/** Says what an action will do to so many tasks, and does it. */
export function BulkDialog(props: {
  action: BulkAction;
  count: number;
  priority?: Priority;
  perform: (choice: BulkChoice) => Promise<BulkTaskResults>;
  onClose: () => void;
  onDone: (results: BulkTaskResults) => void;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const { action, count } = props;
  const [priority, setPriority] = useState<Priority>(props.priority ?? 'high');
  const confirm =
    action === 'priority'
      ? t('campaign.bulk.priorityConfirm', {
          priority: t(`launchPage.priorityOf.${priority}`),
        })
      : t(`campaign.bulk.${action}Confirm`, { count });
  return (
    <ReasonDialog
      title={t(`campaign.bulk.${action}Title`, { count })}
      text={t(`campaign.bulk.${action}Text`)}
      confirm={confirm}
      reason={action === 'priority' ? undefined : 'optional'}
      describeFailure={message => t('campaign.bulk.failed', { message })}
      onClose={props.onClose}
      onConfirm={async reason =>
        props.onDone(
          await props.perform({
            action,
            ...(reason && { reason }),
            ...(action === 'priority' && { priority }),
          }),
        )
      }
    >
      {action === 'priority' && (
        <PriorityField value={priority} onChange={setPriority} />
      )}
    </ReasonDialog>
  );
}
