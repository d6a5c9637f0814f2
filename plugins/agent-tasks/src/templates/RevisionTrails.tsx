import type { TemplateRevisionSummary } from '@agent-tasks/plugin-agent-tasks-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { useLanguage } from '../time/useLanguage';
import { agentTasksTranslationRef } from '../translation';
import { formatFigure } from './TemplateFigure';
import { TrailLine } from './TrailLine';

/** As many as a line of this width can show apart. */
const MOST_REVISIONS = 20;

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(1, 4),
      marginBottom: theme.spacing(1),
    },
    trail: { display: 'flex', alignItems: 'center', gap: theme.spacing(1) },
    label: {
      color: theme.palette.text.secondary,
      fontSize: theme.typography.caption.fontSize,
    },
  }),
  { name: 'AgentTasksRevisionTrails' },
);

/** How the share that was merged, and the cost of a task, went from revision to revision. */
export function RevisionTrails(props: {
  /** The newest first. */
  revisions: TemplateRevisionSummary[];
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const locale = useLanguage();
  const oldestFirst = [...props.revisions].reverse();
  const rates = oldestFirst
    .flatMap(({ statistics }) => statistics.mergeRate ?? [])
    .slice(-MOST_REVISIONS);
  const costs = oldestFirst
    .flatMap(({ statistics: { aiCredits, tasks } }) =>
      aiCredits !== undefined && tasks > 0 ? aiCredits / tasks : [],
    )
    .slice(-MOST_REVISIONS);
  if (rates.length < 2 && costs.length < 2) {
    return null;
  }
  const join = (values: number[], unit: 'share' | 'number') =>
    values.map(value => formatFigure({ value, unit, locale })).join(', ');
  return (
    <div className={classes.root}>
      {rates.length > 1 && (
        <div className={classes.trail}>
          <span className={classes.label}>
            {t('templates.page.mergedByRevision')}
          </span>
          <TrailLine
            label={t('templates.page.trail', { rates: join(rates, 'share') })}
            values={rates}
            max={1}
          />
        </div>
      )}
      {costs.length > 1 && (
        <div className={classes.trail}>
          <span className={classes.label}>
            {t('templates.page.costByRevision')}
          </span>
          <TrailLine
            label={t('templates.page.costTrail', {
              costs: join(costs, 'number'),
            })}
            values={costs}
          />
        </div>
      )}
    </div>
  );
}
