import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { useTheme } from '@material-ui/core/styles';
import { lazy, memo } from 'react';
import { ChartFigure } from '../charts/ChartFigure';
import { SampleTable } from '../charts/SampleTable';
import { sampleRows } from '../charts/stackedSeries';
import { useLanguage } from '../time/useLanguage';
import { agentTasksTranslationRef } from '../translation';
import type { BurndownLine } from './BurndownPlot';
import type { BurndownRow } from './burndownRows';

const BurndownPlot = lazy(() => import('./BurndownPlot'));

/** As much as one listens to; the eye has the lines. */
const TABLE_ROWS = 15;

/** What is open over time, beside what was planned and what is forecast. */
export const BurndownChart = memo(function BurndownChartView(props: {
  rows: BurndownRow[];
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const { palette } = useTheme();
  const locale = useLanguage();
  const { rows } = props;
  const all: BurndownLine[] = [
    {
      key: 'planned',
      title: t('campaign.burndown.planned'),
      color: palette.text.secondary,
      dash: '2 4',
    },
    {
      key: 'actual',
      title: t('campaign.burndown.actual'),
      color: palette.primary.main,
    },
    {
      key: 'forecast',
      title: t('campaign.burndown.forecast'),
      color: palette.primary.main,
      dash: '7 5',
    },
  ];
  const lines = all.filter(({ key }) =>
    rows.some(row => row[key] !== undefined),
  );
  const label = t('campaign.burndown.label');
  return (
    <ChartFigure
      label={label}
      plot={<BurndownPlot rows={rows} lines={lines} locale={locale} />}
      legend={lines.map(({ key, title, color, dash }) => (
        <li key={key}>
          <svg width={28} height={8}>
            <line
              x1={0}
              x2={28}
              y1={4}
              y2={4}
              stroke={color}
              strokeWidth={2}
              strokeDasharray={dash}
            />
          </svg>
          {title}
        </li>
      ))}
      table={
        <SampleTable
          label={label}
          columns={lines}
          rows={sampleRows({ rows, most: TABLE_ROWS }).map(row => ({
            at: row.at,
            values: lines.map(({ key }) => row[key]),
          }))}
          now={Date.now()}
        />
      }
    />
  );
});
