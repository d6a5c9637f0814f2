import { agentTaskTemplateManagePermission } from '@agent-tasks/plugin-agent-tasks-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Alert from '@material-ui/lab/Alert';
import { useId, useState } from 'react';
import { describeError } from '../../states/describeError';
import { agentTasksTranslationRef } from '../../translation';
import { DiscardDialog } from './DiscardDialog';
import type { useSaveTemplate } from './useSaveTemplate';
import type { TemplateText } from './useTemplateText';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(1),
      marginBottom: theme.spacing(2),
    },
    alert: { marginBottom: theme.spacing(2), overflowWrap: 'anywhere' },
  }),
  { name: 'AgentTasksEditorBar' },
);

/** Saves, tries, compares and discards what was written, and says where it stands. */
export function EditorBar(props: {
  isNew: boolean;
  /** Why it is only looked at, where it is. */
  readOnly?: 'source' | 'permission';
  document: TemplateText;
  hasErrors: boolean;
  save: ReturnType<typeof useSaveTemplate>;
  isComparing: boolean;
  onCompare: () => void;
  onTry: () => void;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const id = useId();
  const [isAsked, setAsked] = useState(false);
  const { isNew, readOnly, document, hasErrors, save } = props;
  const { isChanged } = document;
  const { isSaving, saved, isSame, error } = save.state;
  if (readOnly === 'source') {
    return null;
  }
  if (readOnly === 'permission') {
    return (
      <Alert severity="info" role="note" className={classes.alert}>
        {t('templates.editor.forbidden', {
          permission: agentTaskTemplateManagePermission.name,
        })}
      </Alert>
    );
  }
  const status = () => {
    if (isChanged && !document.isKept) {
      return t('templates.editor.keepFailed');
    }
    if (hasErrors) {
      return t('templates.editor.saveBlocked');
    }
    return t(
      isChanged ? 'templates.editor.changed' : 'templates.editor.unchanged',
    );
  };
  return (
    <>
      <div className={classes.root}>
        <Button
          variant="contained"
          color="primary"
          size="small"
          disabled={hasErrors || isSaving || !(isChanged || isNew)}
          aria-describedby={`${id}-status`}
          onClick={save.save}
        >
          {isSaving
            ? t('templates.editor.saving')
            : t(isNew ? 'templates.editor.create' : 'templates.editor.save')}
        </Button>
        <Button
          variant="outlined"
          size="small"
          disabled={hasErrors || isSaving || isNew}
          aria-haspopup="dialog"
          aria-describedby={isNew ? `${id}-try` : `${id}-status`}
          onClick={props.onTry}
        >
          {t('templates.trial.action')}
        </Button>
        {isChanged && (
          <>
            {!isNew && (
              <Button
                size="small"
                aria-expanded={props.isComparing}
                onClick={props.onCompare}
              >
                {t(
                  props.isComparing
                    ? 'templates.editor.hideChanges'
                    : 'templates.editor.seeChanges',
                )}
              </Button>
            )}
            <Button
              size="small"
              aria-haspopup="dialog"
              disabled={isSaving}
              onClick={() => setAsked(true)}
            >
              {t('templates.editor.discard')}
            </Button>
          </>
        )}
        <span id={`${id}-status`}>{status()}</span>
        {isNew && (
          <span id={`${id}-try`}>{t('templates.trial.needsCreate')}</span>
        )}
      </div>
      {error && (
        <Alert severity="error" role="alert" className={classes.alert}>
          {t('templates.editor.saveFailed', {
            message: describeError(error).message,
          })}
        </Alert>
      )}
      {saved && !isChanged && (
        <Alert
          severity="success"
          role="status"
          className={classes.alert}
          closeText={t('action.close')}
          onClose={save.dismiss}
        >
          {t(isSame ? 'templates.editor.savedSame' : 'templates.editor.saved', {
            number: String(saved.number),
          })}
        </Alert>
      )}
      {isAsked && (
        <DiscardDialog
          onClose={() => setAsked(false)}
          onDiscard={() => {
            setAsked(false);
            document.replace(document.current);
          }}
        />
      )}
    </>
  );
}
