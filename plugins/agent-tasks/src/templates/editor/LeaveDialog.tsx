import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogContentText from '@material-ui/core/DialogContentText';
import DialogTitle from '@material-ui/core/DialogTitle';
import { useId } from 'react';
import { agentTasksTranslationRef } from '../../translation';

/** Asks whether to leave with changes that are not saved, and says what becomes of them. */
export function LeaveDialog(props: {
  isKept: boolean;
  onStay: () => void;
  onLeave: () => void;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const id = useId();
  return (
    <Dialog
      open
      onClose={props.onStay}
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
      maxWidth="sm"
      fullWidth
    >
      <DialogTitle id={`${id}-title`}>{t('templates.leave.title')}</DialogTitle>
      <DialogContent>
        <DialogContentText id={`${id}-text`}>
          {t(
            props.isKept ? 'templates.leave.text' : 'templates.leave.textLost',
          )}
        </DialogContentText>
      </DialogContent>
      <DialogActions>
        <Button onClick={props.onLeave}>{t('templates.leave.leave')}</Button>
        <Button onClick={props.onStay} variant="contained" color="primary">
          {t('templates.leave.stay')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
