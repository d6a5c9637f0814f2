import type { Template } from '@agent-tasks/plugin-agent-tasks-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import Alert from '@material-ui/lab/Alert';
import { ActorName } from '../links/ActorName';
import { ExternalLink } from '../links/ExternalLink';
import { safeHref } from '../links/safeHref';
import { RelativeTime } from '../time/RelativeTime';
import { agentTasksTranslationRef } from '../translation';

const useStyles = makeStyles(
  theme => ({
    root: {
      marginBottom: theme.spacing(2),
      overflowWrap: 'anywhere',
      // Within a text a link has to differ by more than its colour.
      '& a': { textDecoration: 'underline' },
    },
  }),
  { name: 'AgentTasksTemplateNotes' },
);

/** That a template is paused or archived: since when, by whom, why, and how it ends. */
export function TemplateStateNotes(props: { template: Template }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { paused, archivedAt } = props.template;
  return (
    <>
      {paused && (
        <Alert severity="warning" role="status" className={classes.root}>
          <strong>{paused.reason}</strong>{' '}
          {t('templates.page.pausedSince', {
            since: <RelativeTime at={paused.since} />,
            who: <ActorName actor={paused.by} />,
          })}{' '}
          {paused.until
            ? t('templates.page.pausedUntil', {
                time: <RelativeTime at={paused.until} />,
              })
            : t('templates.page.pausedForGood')}
        </Alert>
      )}
      {archivedAt && (
        <Alert severity="info" role="status" className={classes.root}>
          {t('templates.page.archived', {
            since: <RelativeTime at={archivedAt} />,
          })}
        </Alert>
      )}
    </>
  );
}

/** Why a template from the catalog cannot be edited here, and where it can be. */
export function ReadOnlyNote(props: {
  template: Template;
  /** Whether the person may write templates, and so may duplicate this one. */
  mayDuplicate: boolean;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { sourceUrl } = props.template;
  return (
    <Alert severity="info" role="note" className={classes.root}>
      {safeHref(sourceUrl)
        ? t('templates.page.readOnly', {
            source: (
              <ExternalLink to={sourceUrl}>
                {t('templates.page.source')}
              </ExternalLink>
            ),
          })
        : t('templates.page.readOnlyNoSource')}{' '}
      {props.mayDuplicate && t('templates.page.duplicateHint')}
    </Alert>
  );
}
