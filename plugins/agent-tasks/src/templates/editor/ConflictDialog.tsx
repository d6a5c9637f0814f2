import type { TemplateRevision } from '@agent-tasks/plugin-agent-tasks-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogContentText from '@material-ui/core/DialogContentText';
import DialogTitle from '@material-ui/core/DialogTitle';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useId } from 'react';
import { ActorName } from '../../links/ActorName';
import { Surface } from '../../Surface';
import { RelativeTime } from '../../time/RelativeTime';
import { agentTasksTranslationRef } from '../../translation';
import { TextComparison } from '../diff/TextComparison';
import type { SavedText } from './useTemplateText';

const useStyles = makeStyles(
  theme => ({
    heading: {
      margin: theme.spacing(2, 0, 1),
      fontSize: theme.typography.body1.fontSize,
      fontWeight: 600,
    },
    actions: {
      flexWrap: 'wrap',
      gap: theme.spacing(1),
      padding: theme.spacing(1, 3, 2),
    },
    help: { margin: theme.spacing(0, 3), color: theme.palette.text.secondary },
  }),
  { name: 'AgentTasksConflictDialog' },
);

/** Says who saved another revision meanwhile and what they changed, and asks how to go on. Nothing is lost by either. */
export function ConflictDialog(props: {
  /** What the text was made from. */
  base: SavedText;
  theirs: TemplateRevision;
  mine: string;
  onKeepMine: () => void;
  onTakeTheirs: () => void;
  onClose: () => void;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const id = useId();
  const { base, theirs, mine } = props;
  const baseTitle = t('templates.conflict.base', {
    number: String(base.revision),
  });
  const theirTitle = t('templates.conflict.base', {
    number: String(theirs.number),
  });
  return (
    <Dialog
      open
      onClose={props.onClose}
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
      maxWidth="lg"
      fullWidth
    >
      <DialogTitle id={`${id}-title`}>
        {t('templates.conflict.title')}
      </DialogTitle>
      <DialogContent>
        <Surface>
          <DialogContentText id={`${id}-text`} component="div">
            {t('templates.conflict.text', {
              who: theirs.createdBy ? (
                <ActorName actor={theirs.createdBy} />
              ) : (
                <>{t('templates.page.fromCatalog')}</>
              ),
              number: String(theirs.number),
              when: <RelativeTime at={theirs.createdAt} />,
              base: String(base.revision),
            })}
          </DialogContentText>
          <Typography component="h3" className={classes.heading}>
            {t('templates.conflict.theirs')}
          </Typography>
          <TextComparison
            label={t('templates.conflict.theirs')}
            before={{ title: baseTitle, text: base.text }}
            after={{ title: theirTitle, text: theirs.yaml }}
          />
          <Typography component="h3" className={classes.heading}>
            {t('templates.conflict.mine')}
          </Typography>
          <TextComparison
            label={t('templates.conflict.mine')}
            before={{ title: theirTitle, text: theirs.yaml }}
            after={{ title: t('templates.editor.textMine'), text: mine }}
          />
        </Surface>
      </DialogContent>
      <Surface>
        <p className={classes.help} id={`${id}-mine`}>
          {t('templates.conflict.keepMineHelp')}
        </p>
        <p className={classes.help} id={`${id}-theirs`}>
          {t('templates.conflict.takeTheirsHelp')}
        </p>
      </Surface>
      <DialogActions className={classes.actions}>
        <Button onClick={props.onClose}>
          {t('templates.conflict.cancel')}
        </Button>
        <Button
          onClick={props.onTakeTheirs}
          variant="outlined"
          aria-describedby={`${id}-theirs`}
        >
          {t('templates.conflict.takeTheirs')}
        </Button>
        <Button
          onClick={props.onKeepMine}
          variant="contained"
          color="primary"
          aria-describedby={`${id}-mine`}
        >
          {t('templates.conflict.keepMine')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
