import {
  agentTaskTriggerReadPermission,
  type Trigger,
} from '@agent-tasks/plugin-agent-tasks-common';
import { Link } from '@backstage/core-components';
import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Typography from '@material-ui/core/Typography';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router-dom';
import { agentTasksApiRef } from '../api';
import { useLiveResource } from '../live/useLiveResource';
import { triggerRouteRef, triggersRouteRef } from '../routes';
import { ResourceView } from '../states/ResourceView';
import { TaskTableSkeleton } from '../tasks/TaskTableSkeleton';
import { agentTasksTranslationRef } from '../translation';
import {
  newDraft,
  toDraft,
  toRequest,
  type TriggerDraft,
} from './triggerDraft';
import { TriggerForm } from './TriggerForm';

/** The page on which a trigger is made. */
export function NewTriggerPage() {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const api = useApi(agentTasksApiRef);
  return (
    <Editor
      heading={t('trigger.editor.newHeading')}
      initial={newDraft()}
      isNew
      onSave={draft => api.createTrigger(toRequest(draft))}
    />
  );
}

/** The page on which a trigger is changed. */
export function TriggerEditorPage() {
  const { triggerId = '' } = useParams();
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const api = useApi(agentTasksApiRef);
  const resource = useLiveResource({
    key: `trigger ${triggerId}`,
    load: signal => api.getTrigger(triggerId, { signal }),
  });
  // What somebody else changes meanwhile does not overwrite what is typed; saving it is refused then.
  const [first, setFirst] = useState<Trigger>();
  if (!first && resource.value) {
    setFirst(resource.value);
  }
  return (
    <ResourceView
      resource={resource}
      what="trigger"
      permission={agentTaskTriggerReadPermission.name}
      skeleton={<TaskTableSkeleton rows={6} />}
    >
      {current => {
        const trigger = first ?? current;
        return (
          <Editor
            heading={t('trigger.editor.editHeading', {
              name: trigger.title ?? trigger.name,
            })}
            initial={toDraft(trigger)}
            onSave={draft =>
              api.updateTrigger(trigger.id, toRequest(draft, trigger.version))
            }
          />
        );
      }}
    </ResourceView>
  );
}

function Editor(props: {
  heading: string;
  initial: TriggerDraft;
  isNew?: boolean;
  onSave: (draft: TriggerDraft) => Promise<Trigger>;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const api = useApi(agentTasksApiRef);
  const navigate = useNavigate();
  const toTriggers = useRouteRef(triggersRouteRef);
  const toTrigger = useRouteRef(triggerRouteRef);
  const choices = useLiveResource({
    key: 'choices of a trigger',
    load: async signal => {
      const [templates, triggers] = await Promise.all([
        api.listTemplates({ signal }),
        api.listTriggers({ signal }),
      ]);
      return { templates: templates.items, secrets: triggers.secrets };
    },
  });
  return (
    <>
      <Link to={toTriggers()}>← {t('trigger.back')}</Link>
      <Typography variant="h5" component="h2" gutterBottom>
        {props.heading}
      </Typography>
      <TriggerForm
        initial={props.initial}
        isNew={props.isNew ?? false}
        templates={choices.value?.templates ?? []}
        secrets={choices.value?.secrets ?? []}
        onCancel={() => navigate(-1)}
        onSave={async draft => {
          const { id } = await props.onSave(draft);
          navigate(toTrigger({ triggerId: id }));
        }}
      />
    </>
  );
}
