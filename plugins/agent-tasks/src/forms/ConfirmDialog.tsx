import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogContentText from '@material-ui/core/DialogContentText';
import DialogTitle from '@material-ui/core/DialogTitle';
import { makeStyles } from '@material-ui/core/styles';
import Alert from '@material-ui/lab/Alert';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { describeError } from '../states/describeError';
import { ReasonField } from './ReasonField';

const useStyles = makeStyles(
  theme => ({
    fields: {
      display: 'grid',
      gap: theme.spacing(2),
      marginTop: theme.spacing(2),
    },
    actions: {
      flexWrap: 'wrap',
      gap: theme.spacing(1),
      padding: theme.spacing(1, 3, 2),
    },
    below: { marginTop: theme.spacing(2) },
  }),
  { name: 'AgentTasksConfirmDialog' },
);

/** What a dialog says of the reason that it asks for. */
export interface ReasonWords {
  /** Who will read it. */
  help: string;
  /** What to say where there is none. Without this a reason need not be given. */
  missing?: string;
}

/** What a dialog says, and what it does. */
export interface ConfirmDialogProps {
  title: string;
  /** What will happen. */
  text: ReactNode;
  /** What the button says that does it. */
  confirm: string;
  /** What the button says that does nothing. */
  keep: string;
  /** Asks for the reason. */
  reason?: ReasonWords;
  /** What stands above the reason, such as on what. */
  before?: ReactNode;
  /** What stands below it, such as until when. */
  children?: ReactNode;
  /** Whether that is in order, asked whenever a person tries to confirm. */
  isValid?: () => boolean;
  /** Told whenever a person tries to confirm: from then on what is wrong can be marked. */
  onTry?: () => void;
  /** Whether it is laid out as a form with several fields, or as a question with little beside it; default: a form. */
  layout?: 'form' | 'question';
  describeFailure: (message: string) => string;
  onClose: () => void;
  /** Takes the reason without the blanks around it, empty where there is none. */
  onConfirm: (reason: string) => Promise<void>;
}

/**
 * Says what something will do before it is done, and asks for the reason where one is wanted. While it is being done
 * the dialog cannot be closed; where that fails it stays, with what was entered.
 */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const classes = useStyles();
  const id = useId();
  const [reason, setReason] = useState('');
  const [isTried, setTried] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<Error>();
  const isForm = props.layout !== 'question';
  const isRequired = props.reason?.missing !== undefined;
  const isMissing = isRequired && !reason.trim();

  const confirm = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    props.onTry?.();
    if (isMissing || props.isValid?.() === false) {
      return;
    }
    setBusy(true);
    setError(undefined);
    try {
      await props.onConfirm(reason.trim());
    } catch (failure) {
      setError(failure as Error);
      setBusy(false);
    }
  };

  const content = (
    <>
      {props.before}
      {props.reason && (
        <ReasonField
          value={reason}
          onChange={setReason}
          help={props.reason.help}
          problem={isTried && isMissing ? props.reason.missing : undefined}
          isRequired={isRequired}
          size={isForm ? 'small' : 'medium'}
        />
      )}
      {props.children}
      {error && (
        <Alert
          severity="error"
          className={
            !isForm && (props.reason || props.children)
              ? classes.below
              : undefined
          }
        >
          {props.describeFailure(describeError(error).message)}
        </Alert>
      )}
    </>
  );
  return (
    <Dialog
      open
      onClose={isBusy ? undefined : props.onClose}
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
      maxWidth="sm"
      fullWidth
    >
      <form onSubmit={confirm} noValidate>
        <DialogTitle id={`${id}-title`}>{props.title}</DialogTitle>
        <DialogContent>
          <DialogContentText id={`${id}-text`} component="div">
            {props.text}
          </DialogContentText>
          {isForm ? <div className={classes.fields}>{content}</div> : content}
        </DialogContent>
        <DialogActions className={isForm ? classes.actions : undefined}>
          <Button onClick={props.onClose} disabled={isBusy}>
            {props.keep}
          </Button>
          <Button
            type="submit"
            disabled={isBusy}
            variant="contained"
            color="primary"
          >
            {props.confirm}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
