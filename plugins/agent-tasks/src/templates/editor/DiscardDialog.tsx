import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogContentText from '@material-ui/core/DialogContentText';
import DialogTitle from '@material-ui/core/DialogTitle';
import { useId } from 'react';
import { agentTasksTranslationRef } from '../../translation';

/** Asks before what was written and not saved is thrown away. */
export function DiscardDialog(props: {
  onClose: () => void;
  onDiscard: () => void;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const id = useId();
  return (
    <Dialog
      open
      onClose={props.onClose}
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
      maxWidth="sm"
      fullWidth
    >
      <DialogTitle id={`${id}-title`}>
        {t('templates.editor.discardTitle')}
      </DialogTitle>
      <DialogContent>
        <DialogContentText id={`${id}-text`}>
          {t('templates.editor.discardText')}
        </DialogContentText>
      </DialogContent>
      <DialogActions>
        <Button onClick={props.onClose}>
          {t('templates.editor.discardKeep')}
        </Button>
        <Button onClick={props.onDiscard} variant="contained" color="primary">
          {t('templates.editor.discard')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
