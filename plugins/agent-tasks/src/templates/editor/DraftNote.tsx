import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import Alert from '@material-ui/lab/Alert';
import { RelativeTime } from '../../time/RelativeTime';
import { agentTasksTranslationRef } from '../../translation';
import type { TemplateDraft } from './templateDrafts';

const useStyles = makeStyles(
  theme => ({ root: { marginBottom: theme.spacing(2) } }),
  { name: 'AgentTasksDraftNote' },
);

/** Says that what is shown was written on an earlier visit and not saved, and whether something else was saved since. */
export function DraftNote(props: {
  draft: TemplateDraft;
  /** The current one; absent for a template that is new. */
  revision: number | undefined;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { draft, revision } = props;
  const since = <RelativeTime at={new Date(draft.at).toISOString()} />;
  const isOutdated = revision !== undefined && draft.base !== revision;
  return (
    <Alert
      severity={isOutdated ? 'warning' : 'info'}
      role="status"
      className={classes.root}
    >
      {isOutdated
        ? t('templates.editor.restoredOutdated', {
            since,
            from: String(draft.base ?? '?'),
            to: String(revision),
          })
        : t('templates.editor.restored', { since })}
    </Alert>
  );
}
