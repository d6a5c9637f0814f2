import type { Task } from '@agent-tasks/plugin-agent-tasks-common';
import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogContentText from '@material-ui/core/DialogContentText';
import DialogTitle from '@material-ui/core/DialogTitle';
import TextField from '@material-ui/core/TextField';
import Alert from '@material-ui/lab/Alert';
import { useId, useState } from 'react';
import { agentTasksApiRef } from '../api';
import { describeError } from '../states/describeError';
import { agentTasksTranslationRef } from '../translation';

/** The most that the backend takes as a reason. */
const MOST_REASON_LETTERS = 1000;

/** The states in which a task can be cancelled. */
const cancellable = [
  'queued',
  'starting',
  'undecided',
  'running',
  'needs_input',
  'in_review',
] as const;
type Cancellable = (typeof cancellable)[number];

export function isCancellable(state: Task['state']): state is Cancellable {
  return (cancellable as readonly string[]).includes(state);
}

/** Asks before it cancels, and says first what cancelling will do in the state that the task is in. */
export function CancelDialog(props: {
  taskId: string;
  state: Cancellable;
  onClose: () => void;
  onCancelled: () => void;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const api = useApi(agentTasksApiRef);
  const id = useId();
  const [reason, setReason] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<Error>();

  const cancel = async () => {
    setBusy(true);
    setError(undefined);
    try {
      await api.cancelTask(
        props.taskId,
        reason.trim() ? { reason: reason.trim() } : {},
      );
      props.onCancelled();
    } catch (problem) {
      setError(problem as Error);
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
      <DialogTitle id={`${id}-title`}>{t('cancel.title')}</DialogTitle>
      <DialogContent>
        <DialogContentText id={`${id}-text`}>
          {t(`cancel.will.${props.state}`)}
        </DialogContentText>
        <TextField
          id={`${id}-reason`}
          label={t('cancel.reason')}
          helperText={t('cancel.reasonHelp')}
          value={reason}
          onChange={event => setReason(event.target.value)}
          inputProps={{ maxLength: MOST_REASON_LETTERS }}
          variant="outlined"
          fullWidth
          multiline
          minRows={2}
        />
        {error && (
          <Alert severity="error" style={{ marginTop: 16 }}>
            {t('cancel.failed', { message: describeError(error).message })}
          </Alert>
        )}
      </DialogContent>
      <DialogActions>
        <Button onClick={props.onClose} disabled={isBusy}>
          {t('cancel.keep')}
        </Button>
        <Button
          onClick={cancel}
          disabled={isBusy}
          variant="contained"
          color="primary"
        >
          {t('cancel.confirm')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
