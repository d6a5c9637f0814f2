import type { Template } from '@agent-tasks/plugin-agent-tasks-common';
import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { agentTasksApiRef } from '../api';
import { PauseDialog } from '../forms/PauseDialog';
import { agentTasksTranslationRef } from '../translation';

/** Pauses a template. */
export function PauseTemplateDialog(props: {
  template: Template;
  onClose: () => void;
  onDone: (template: Template) => void;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const api = useApi(agentTasksApiRef);
  const { name, title } = props.template;
  return (
    <PauseDialog
      title={t('templates.pause.title', { template: title })}
      text={t('templates.pause.text')}
      confirm={{
        until: time => t('templates.pause.submitUntil', { time }),
        forGood: t('templates.pause.submitForGood'),
        invalid: t('templates.pause.submit'),
      }}
      keep={t('templates.pause.cancel')}
      reason={{
        help: t('brake.reasonHelp'),
        missing: t('brake.reasonMissing'),
      }}
      initialEnd="released"
      onClose={props.onClose}
      onPause={async request =>
        props.onDone(await api.pauseTemplate(name, request))
      }
    />
  );
}
