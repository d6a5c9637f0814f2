import {
  agentTaskReadPermission,
  isSettled,
} from '@agent-tasks/plugin-agent-tasks-common';
import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { useState } from 'react';
import { agentTasksApiRef } from '../api';
import { useLiveResource } from '../live/useLiveResource';
import { ProblemPanel } from '../states/ProblemPanel';
import { ResourceView } from '../states/ResourceView';
import { Paging } from '../tasks/Paging';
import { TaskTable } from '../tasks/TaskTable';
import { TaskTableSkeleton } from '../tasks/TaskTableSkeleton';
import { agentTasksTranslationRef } from '../translation';

const ROWS = 10;

/** All tasks of a component, newest first, page by page from the backend. */
export function EntityTaskList(props: { componentRef: string }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const api = useApi(agentTasksApiRef);
  const [cursor, setCursor] = useState<string>();
  const query = {
    component: [props.componentRef],
    limit: ROWS,
    ...(cursor && { cursor }),
  };
  const list = useLiveResource({
    key: JSON.stringify(query),
    load: signal => api.listTasks(query, { signal }),
    isUnsettled: value => value.items.some(task => !isSettled(task.state)),
    keepPrevious: true,
  });
  return (
    <ResourceView
      resource={list}
      what="changes"
      permission={agentTaskReadPermission.name}
      skeleton={<TaskTableSkeleton rows={4} />}
    >
      {({ items, nextCursor, previousCursor }) =>
        items.length === 0 && !cursor ? (
          <ProblemPanel
            role="status"
            title={t('component.empty')}
            lines={[t('component.emptyText')]}
          />
        ) : (
          <>
            <TaskTable
              tasks={items}
              isStale={list.isPrevious}
              hiddenColumns={['components', 'team']}
            />
            {(nextCursor || previousCursor || cursor) && (
              <Paging
                nextCursor={nextCursor}
                previousCursor={previousCursor}
                isFirst={!cursor}
                onCursor={setCursor}
              />
            )}
          </>
        )
      }
    </ResourceView>
  );
}
