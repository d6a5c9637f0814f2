import type { TaskState } from '@agent-tasks/plugin-agent-tasks-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { useEffect, useRef, useState } from 'react';
import { hiddenFromEyes } from '../live/hiddenFromEyes';
import { agentTasksTranslationRef } from '../translation';

/** Tells those who listen rather than look that the state has changed. The first state is no news. */
export function StateAnnouncer(props: { state: TaskState }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const { state } = props;
  const told = useRef(state);
  const [news, setNews] = useState<TaskState>();
  useEffect(() => {
    if (told.current !== state) {
      told.current = state;
      setNews(state);
    }
  }, [state]);
  return (
    <div role="log" aria-live="polite" style={hiddenFromEyes}>
      {news && t('taskPage.stateIs', { state: t(`state.${news}`) })}
    </div>
  );
}
