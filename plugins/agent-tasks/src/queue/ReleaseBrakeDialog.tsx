import type { Brake } from '@agent-tasks/plugin-agent-tasks-common';
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

/** Asks before a brake is released, and says first what will happen then. */
export function ReleaseBrakeDialog(props: {
  brake: Brake;
  /** What it is on, in words. */
  target: string;
  heldTasks: number;
  onClose: () => void;
  onReleased: (brake: Brake) => void;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const api = useApi(agentTasksApiRef);
  const id = useId();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<Error>();
  const { target, heldTasks } = props;

  const release = async () => {
    setBusy(true);
    setError(undefined);
    try {
      props.onReleased(await api.releaseBrake(props.brake.id));
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
      <DialogTitle id={`${id}-title`}>
        {t('brake.releaseTitle', { target })}
      </DialogTitle>
      <DialogContent>
        <DialogContentText id={`${id}-text`}>
          {heldTasks > 0
            ? t('brake.releaseWill', { count: heldTasks })
            : t('brake.releaseHoldsNone')}
        </DialogContentText>
        {error && (
          <Alert severity="error">
            {t('brake.releaseFailed', {
              message: describeError(error).message,
            })}
          </Alert>
        )}
      </DialogContent>
      <DialogActions>
        <Button onClick={props.onClose} disabled={isBusy}>
          {t('brake.keep')}
        </Button>
        <Button
          onClick={release}
          disabled={isBusy}
          variant="contained"
          color="primary"
        >
          {t('brake.releaseConfirm')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
