import type { Template } from '@agent-tasks/plugin-agent-tasks-common';
import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogContentText from '@material-ui/core/DialogContentText';
import DialogTitle from '@material-ui/core/DialogTitle';
import Alert from '@material-ui/lab/Alert';
import { useId, useState } from 'react';
import { agentTasksApiRef } from '../api';
import { describeError } from '../states/describeError';
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
  const id = useId();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<Error>();
  const { action, template } = props;

  const confirm = async () => {
    setBusy(true);
    setError(undefined);
    const calls = {
      resume: () => api.resumeTemplate(template.name),
      archive: () => api.archiveTemplate(template.name),
      restore: () => api.restoreTemplate(template.name),
    };
    try {
      props.onDone(await calls[action]());
    } catch (failure) {
      setError(failure as Error);
      setBusy(false);
    }
  };

  return (
    <Dialog
      open
      onClose={isBusy ? undefined : props.onClose}
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
      maxWidth="sm"
      fullWidth
    >
      <DialogTitle id={`${id}-title`}>
        {t(`templates.${action}.title`, { template: template.title })}
      </DialogTitle>
      <DialogContent>
        <DialogContentText id={`${id}-text`}>
          {action === 'resume'
            ? t('templates.resume.text', {
                reason: endSentence(template.paused?.reason ?? ''),
              })
            : t(`templates.${action}.text`)}
        </DialogContentText>
        {error && (
          <Alert severity="error">
            {t(`templates.${action}.failed`, {
              message: describeError(error).message,
            })}
          </Alert>
        )}
      </DialogContent>
      <DialogActions>
        <Button onClick={props.onClose} disabled={isBusy}>
          {t(`templates.${action}.cancel`)}
        </Button>
        <Button
          onClick={confirm}
          disabled={isBusy}
          variant="contained"
          color="primary"
        >
          {t(`templates.${action}.submit`)}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

function endSentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
