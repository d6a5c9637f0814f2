import type { TemplateStatistics } from '@agent-tasks/plugin-agent-tasks-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Typography from '@material-ui/core/Typography';
import { Facts } from '../task/Facts';
import { agentTasksTranslationRef } from '../translation';
import { TemplateFigure } from './TemplateFigure';

/** What became of the tasks of a template. */
export function TemplateFigures(props: { statistics: TemplateStatistics }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const { statistics } = props;
  if (statistics.tasks === 0) {
    return (
      <Typography variant="body2" color="textSecondary">
        {t('templates.page.figuresNone')}
      </Typography>
    );
  }
  const rows = [
    ['use', statistics.tasks, 'number'],
    ['success', statistics.successRate, 'share'],
    ['merged', statistics.mergeRate, 'share'],
    ['run', statistics.medianRunSeconds, 'seconds'],
    ['review', statistics.medianReviewSeconds, 'seconds'],
    ['minutes', statistics.reviewMinutes, 'number'],
    ['cost', statistics.aiCredits, 'number'],
  ] as const;
  return (
    <Facts
      facts={rows.map(([column, value, unit]) => [
        t(`templates.column.${column}`),
        <TemplateFigure value={value} unit={unit} />,
      ])}
    />
  );
}
