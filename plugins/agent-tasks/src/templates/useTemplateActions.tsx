import {
  agentTaskTemplateManagePermission,
  type Template,
} from '@agent-tasks/plugin-agent-tasks-common';
import { useRouteRef } from '@backstage/core-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import { type ReactNode, startTransition, useState } from 'react';
import { announceBrakeChange } from '../queue/brakeChanges';
import { newTemplateRouteRef, templateEditorRouteRef } from '../routes';
import { ConfirmTemplateDialog } from './ConfirmTemplateDialog';
import { PauseTemplateDialog } from './PauseTemplateDialog';
import { stateOfTemplate } from './templateState';

/** What can be asked of a template. */
export type TemplateAction =
  'edit' | 'view' | 'duplicate' | 'pause' | 'resume' | 'archive' | 'restore';

/** What was done, for the words that say so. */
export interface TemplateNews {
  action: 'pause' | 'resume' | 'archive' | 'restore';
  title: string;
}

/** One entry of a menu or one button: a link to a page, or something that opens a dialog. */
export interface TemplateActionEntry {
  action: TemplateAction;
  to?: string;
  onClick?: () => void;
}

/** Whether the person may write, pause and archive templates. */
export function useMayManageTemplates(): {
  isKnown: boolean;
  mayManage: boolean;
} {
  const { loading, allowed, error } = usePermission({
    permission: agentTaskTemplateManagePermission,
  });
  // When the decision itself fails, the backend decides again, and says so.
  return { isKnown: !loading, mayManage: allowed || Boolean(error) };
}

/** What the person may do about templates, and the dialog of what they chose. */
export function useTemplateActions(options: {
  onDone: (news: TemplateNews, template: Template) => void;
}): {
  entriesOf: (template: Template) => TemplateActionEntry[];
  dialog: ReactNode;
} {
  const { mayManage } = useMayManageTemplates();
  const toEditor = useRouteRef(templateEditorRouteRef);
  const toNew = useRouteRef(newTemplateRouteRef);
  const [asked, setAsked] = useState<{
    action: TemplateNews['action'];
    template: Template;
  }>();

  const entriesOf = (template: Template): TemplateActionEntry[] => {
    const text = toEditor({ templateName: template.name });
    // A form takes a while to draw, and the button answers at once.
    const ask = (action: TemplateNews['action']): TemplateActionEntry => ({
      action,
      onClick: () => startTransition(() => setAsked({ action, template })),
    });
    if (!mayManage) {
      return [{ action: 'view', to: text }];
    }
    const isPortal = template.origin === 'portal';
    const state = stateOfTemplate(template);
    return [
      { action: isPortal && state !== 'archived' ? 'edit' : 'view', to: text },
      {
        action: 'duplicate',
        to: `${toNew()}?from=${encodeURIComponent(template.name)}`,
      },
      ...(template.paused ? [ask('resume')] : []),
      ...(state === 'active' ? [ask('pause')] : []),
      ...(isPortal ? [ask(state === 'archived' ? 'restore' : 'archive')] : []),
    ];
  };

  const close = () => setAsked(undefined);
  let dialog: ReactNode;
  if (asked) {
    const { action, template } = asked;
    const finish = (changed: Template) => {
      close();
      // Pausing a template, and going on, is a brake.
      announceBrakeChange();
      options.onDone({ action, title: template.title }, changed);
    };
    dialog =
      action === 'pause' ? (
        <PauseTemplateDialog
          template={template}
          onClose={close}
          onDone={finish}
        />
      ) : (
        <ConfirmTemplateDialog
          action={action}
          template={template}
          onClose={close}
          onDone={finish}
        />
      );
  }
  return { entriesOf, dialog };
}
