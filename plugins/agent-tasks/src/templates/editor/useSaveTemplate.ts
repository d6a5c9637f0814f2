import type { TemplateRevision } from '@agent-tasks/plugin-agent-tasks-common';
import { useApi } from '@backstage/core-plugin-api';
import { useCallback, useRef, useState } from 'react';
import { agentTasksApiRef } from '../../api';
import { describeError } from '../../states/describeError';
import type { TemplateText } from './useTemplateText';

/** Saving a text: whether it is under way, what came of it, and what stands in its way. */
export interface SaveState {
  isSaving: boolean;
  /** What was saved last. */
  saved?: TemplateRevision;
  /** Nothing had changed, so that no revision was made. */
  isSame?: boolean;
  error?: Error;
  /** What somebody else saved since the revision that the text was made from. */
  theirs?: TemplateRevision;
}

/** Saves a text as a new template, or as a new revision of one. */
export function useSaveTemplate(options: {
  /** Absent where it is a new one. */
  name: string | undefined;
  document: TemplateText;
  onSaved: (revision: TemplateRevision) => void;
}) {
  const { name, document, onSaved } = options;
  const api = useApi(agentTasksApiRef);
  const [state, setState] = useState<SaveState>({ isSaving: false });
  // A second click, before the button knows that it is to wait.
  const isSaving = useRef(false);
  const { text, base, rebase } = document;

  /** What somebody else saved meanwhile; absent where that is not why it was refused. */
  const readTheirs = useCallback(async () => {
    if (name === undefined) {
      return undefined;
    }
    const { revision } = await api.getTemplate(name);
    return revision === base.revision
      ? undefined
      : api.getTemplateRevision(name, revision);
  }, [api, name, base.revision]);

  const save = useCallback(async () => {
    if (isSaving.current) {
      return;
    }
    isSaving.current = true;
    setState({ isSaving: true });
    try {
      const revision =
        name === undefined
          ? await api.createTemplate({ yaml: text })
          : await api.reviseTemplate(name, {
              yaml: text,
              expectedRevision: base.revision ?? 1,
            });
      const isSame = revision.number === base.revision;
      rebase({ text, revision: revision.number });
      setState({ isSaving: false, saved: revision, isSame });
      onSaved(revision);
    } catch (error) {
      const theirs =
        describeError(error as Error).status === 409
          ? await readTheirs().catch(() => undefined)
          : undefined;
      setState({
        isSaving: false,
        ...(theirs ? { theirs } : { error: error as Error }),
      });
    } finally {
      isSaving.current = false;
    }
  }, [api, name, text, base.revision, rebase, readTheirs, onSaved]);

  return {
    state,
    save,
    dismiss: useCallback(() => setState({ isSaving: false }), []),
  };
}
