import type { Template } from '@agent-tasks/plugin-agent-tasks-common';
import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { agentTasksApiRef } from '../api';
import { ConfirmDialog } from '../forms/ConfirmDialog';
import { agentTasksTranslationRef } from '../translation';

/** Asks before a template is resumed, archived or restored, and says first what will happen then. */
export function ConfirmTemplateDialog(props: {
  action: 'resume' | 'archive' | 'restore';
  template: Template;
  onClose: () => void;
  onDone: (template: Template) => void;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const api = useApi(agentTasksApiRef);
  const { action, template } = props;
  const calls = {
    resume: () => api.resumeTemplate(template.name),
    archive: () => api.archiveTemplate(template.name),
    restore: () => api.restoreTemplate(template.name),
  };
  return (
    <ConfirmDialog
      layout="question"
      title={t(`templates.${action}.title`, { template: template.title })}
      text={
        action === 'resume'
          ? t('templates.resume.text', {
              reason: endSentence(template.paused?.reason ?? ''),
            })
          : t(`templates.${action}.text`)
      }
      confirm={t(`templates.${action}.submit`)}
      keep={t(`templates.${action}.cancel`)}
      describeFailure={message => t(`templates.${action}.failed`, { message })}
      onClose={props.onClose}
      onConfirm={async () => props.onDone(await calls[action]())}
    />
  );
}

function endSentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
