import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import Alert from '@material-ui/lab/Alert';
import AlertTitle from '@material-ui/lab/AlertTitle';
import { agentTasksTranslationRef } from '../translation';
import type { PlanDifference } from './comparePlans';

/** So many are named; how many there are besides is a number. */
const MOST_NAMES = 5;

const useStyles = makeStyles(
  theme => ({
    root: { marginBottom: theme.spacing(2), overflowWrap: 'anywhere' },
    list: { margin: 0, paddingLeft: theme.spacing(2.5) },
  }),
  { name: 'AgentTasksPlanDifferenceNote' },
);

/** What is different in a plan from the one that somebody wanted to launch. */
export function PlanDifferenceNote(props: {
  difference: PlanDifference | undefined;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { difference } = props;
  if (!difference) {
    return (
      <Alert severity="info" role="status" className={classes.root}>
        {t('launchPage.difference.same')}
      </Alert>
    );
  }
  const { revision, counts } = difference;
  const toNames = (all: string[]) => {
    const names = all.slice(0, MOST_NAMES).join(', ');
    return all.length > MOST_NAMES
      ? t('launchPage.difference.more', {
          names,
          number: String(all.length - MOST_NAMES),
        })
      : names;
  };
  return (
    <Alert severity="warning" role="status" className={classes.root}>
      <AlertTitle>{t('launchPage.difference.heading')}</AlertTitle>
      <ul className={classes.list}>
        {revision && (
          <li>
            {t('launchPage.difference.revision', {
              before: String(revision.before),
              now: String(revision.now),
            })}
          </li>
        )}
        {counts && (
          <li>
            {t('launchPage.difference.counts', {
              before: String(counts.before),
              now: String(counts.now),
            })}
          </li>
        )}
        {(['added', 'removed', 'changed'] as const).map(
          kind =>
            difference[kind].length > 0 && (
              <li key={kind}>
                {t(`launchPage.difference.${kind}`, {
                  names: toNames(difference[kind]),
                })}
              </li>
            ),
        )}
      </ul>
    </Alert>
  );
}
