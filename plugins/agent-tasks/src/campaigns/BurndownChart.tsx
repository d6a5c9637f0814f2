import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import { makeStyles, useTheme } from '@material-ui/core/styles';
import Skeleton from '@material-ui/lab/Skeleton';
import { lazy, memo, Suspense, useState } from 'react';
import { PlotBoundary } from '../charts/PlotBoundary';
import { sampleRows } from '../charts/stackedSeries';
import { hiddenFromEyes } from '../live/hiddenFromEyes';
import { formatClock } from '../time/formatTime';
import { useLanguage } from '../time/useLanguage';
import { agentTasksTranslationRef } from '../translation';
import type { BurndownLine } from './BurndownPlot';
import type { BurndownRow } from './burndownRows';

const BurndownPlot = lazy(() => import('./BurndownPlot'));

/** As much as one listens to; the eye has the lines. */
const TABLE_ROWS = 15;

const HEIGHT = 240;

const useStyles = makeStyles(
  theme => ({
    root: { margin: 0 },
    legend: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(0.5, 2),
      margin: theme.spacing(1, 0, 0),
      padding: 0,
      listStyle: 'none',
      fontSize: theme.typography.caption.fontSize,
      '& li': { display: 'flex', alignItems: 'center', gap: 6 },
    },
    scroll: { overflowX: 'auto', maxHeight: HEIGHT + 40 },
    table: {
      borderCollapse: 'collapse',
      fontSize: theme.typography.caption.fontSize,
      fontVariantNumeric: 'tabular-nums',
      '& th, & td': {
        padding: theme.spacing(0.25, 1),
        textAlign: 'right',
        whiteSpace: 'nowrap',
        borderBottom: `1px solid ${theme.palette.divider}`,
      },
      '& th:first-child': { textAlign: 'left', paddingLeft: 0 },
    },
    switch: {
      display: 'block',
      marginLeft: 'auto',
      minWidth: 0,
      fontWeight: 'normal',
    },
  }),
  { name: 'AgentTasksBurndownChart' },
);

/**
 * What is open over time, beside what was planned and what is forecast. The drawing is for the eye alone; who listens has
 * a table of the same, which everybody can switch to.
 */
export const BurndownChart = memo(function BurndownChartView(props: {
  rows: BurndownRow[];
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { palette } = useTheme();
  const locale = useLanguage();
  const [isTable, setTable] = useState(false);
  const { rows } = props;
  const now = Date.now();
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
    <figure className={classes.root} aria-label={label}>
      {!isTable && (
        <div aria-hidden="true">
          <PlotBoundary fallback={t('charts.failed')}>
            <Suspense fallback={<Skeleton variant="rect" height={HEIGHT} />}>
              <BurndownPlot rows={rows} lines={lines} locale={locale} />
            </Suspense>
          </PlotBoundary>
          <ul className={classes.legend}>
            {lines.map(({ key, title, color, dash }) => (
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
          </ul>
        </div>
      )}
      <div
        className={isTable ? classes.scroll : undefined}
        style={isTable ? undefined : hiddenFromEyes}
      >
        <table className={classes.table} aria-label={label}>
          <thead>
            <tr>
              <th scope="col">{t('charts.time')}</th>
              {lines.map(({ key, title }) => (
                <th key={key} scope="col">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sampleRows({ rows, most: TABLE_ROWS }).map(row => (
              <tr key={row.at}>
                <th scope="row">{formatClock({ at: row.at, now, locale })}</th>
                {lines.map(({ key }) => (
                  <td key={key}>{row[key] ?? '–'}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Button
        size="small"
        className={classes.switch}
        onClick={() => setTable(!isTable)}
      >
        {t(isTable ? 'charts.asChart' : 'charts.asTable')}
      </Button>
    </figure>
  );
});
