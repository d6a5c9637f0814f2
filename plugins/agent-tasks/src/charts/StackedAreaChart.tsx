import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { lazy, memo } from 'react';
import { useLanguage } from '../time/useLanguage';
import { agentTasksTranslationRef } from '../translation';
import { ChartFigure } from './ChartFigure';
import { SampleTable } from './SampleTable';
import { sampleRows, type StackedSeries } from './stackedSeries';
import { type SeriesStyle, useSeriesStyles } from './useSeriesStyles';

const StackedAreaPlot = lazy(() => import('./StackedAreaPlot'));

/** As much as one listens to; the eye has the curve. */
const TABLE_ROWS = 13;

const useStyles = makeStyles(
  theme => ({
    mark: { width: 16, height: 12, borderRadius: 2, flex: 'none' },
    number: {
      color: theme.palette.text.secondary,
      fontVariantNumeric: 'tabular-nums',
    },
  }),
  { name: 'AgentTasksStackedAreaChart' },
);

/**
 * Quantities over time, one upon the other. The legend has the order of the stack from its top, with the newest values.
 *
 * Drawn anew only when `data` is another object.
 */
export const StackedAreaChart = memo(function StackedAreaChartView(props: {
  /** What it shows, and of which time. */
  label: string;
  data: StackedSeries;
  /** The last series stands for all that have none of their own. */
  hasOther: boolean;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const locale = useLanguage();
  const { label, data } = props;
  const { series, rows } = data;
  const styles = useSeriesStyles({
    count: series.length,
    hasOther: props.hasOther,
  });
  const newest = rows.at(-1);
  return (
    <ChartFigure
      label={label}
      plot={<StackedAreaPlot data={data} styles={styles} locale={locale} />}
      legend={series
        .map(({ key, title }, index) => (
          <li key={key}>
            <span
              className={classes.mark}
              style={{ background: toBackground(styles[index]) }}
            />
            {title}
            <span className={classes.number}>{newest?.values[index]}</span>
          </li>
        ))
        .reverse()}
      table={
        <SampleTable
          label={label}
          columns={[{ key: 'total', title: t('charts.total') }, ...series]}
          rows={sampleRows({ rows, most: TABLE_ROWS })
            .map(({ at, values }) => ({
              at,
              values: [
                values.reduce((sum, value) => sum + value, 0),
                ...values,
              ],
            }))
            .reverse()}
          now={newest?.at ?? 0}
        />
      }
    />
  );
});

function toBackground({ color, isHatched }: SeriesStyle): string {
  return isHatched
    ? `repeating-linear-gradient(135deg, ${color} 0 2px, transparent 2px 5px)`
    : color;
}
