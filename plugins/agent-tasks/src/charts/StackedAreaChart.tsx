import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Skeleton from '@material-ui/lab/Skeleton';
import { lazy, memo, Suspense, useState } from 'react';
import { hiddenFromEyes } from '../live/hiddenFromEyes';
import { formatClock } from '../time/formatTime';
import { useLanguage } from '../time/useLanguage';
import { agentTasksTranslationRef } from '../translation';
import { PlotBoundary } from './PlotBoundary';
import { sampleRows, type StackedSeries } from './stackedSeries';
import { type SeriesStyle, useSeriesStyles } from './useSeriesStyles';

const StackedAreaPlot = lazy(() => import('./StackedAreaPlot'));

/** As much as one listens to; the eye has the curve. */
const TABLE_ROWS = 13;

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
    mark: { width: 16, height: 12, borderRadius: 2, flex: 'none' },
    number: {
      color: theme.palette.text.secondary,
      fontVariantNumeric: 'tabular-nums',
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
  { name: 'AgentTasksStackedAreaChart' },
);

/**
 * Quantities over time, one upon the other. The drawing is for the eye alone; who listens has a table of the same, which
 * everybody can switch to.
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
  const { data } = props;
  const [isTable, setTable] = useState(false);
  const styles = useSeriesStyles({
    count: data.series.length,
    hasOther: props.hasOther,
  });
  return (
    <figure className={classes.root} aria-label={props.label}>
      {!isTable && (
        <div aria-hidden="true">
          <PlotBoundary fallback={t('charts.failed')}>
            <Suspense fallback={<Skeleton variant="rect" height={HEIGHT} />}>
              <StackedAreaPlot data={data} styles={styles} locale={locale} />
            </Suspense>
          </PlotBoundary>
          <Legend data={data} styles={styles} />
        </div>
      )}
      <div
        className={isTable ? classes.scroll : undefined}
        style={isTable ? undefined : hiddenFromEyes}
      >
        <SampleTable label={props.label} data={data} locale={locale} />
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

/** What the colours mean, in the order of the stack from its top, with the newest values. */
function Legend(props: { data: StackedSeries; styles: SeriesStyle[] }) {
  const classes = useStyles();
  const { data, styles } = props;
  const newest = data.rows.at(-1);
  return (
    <ul className={classes.legend}>
      {data.series
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
    </ul>
  );
}

function toBackground({ color, isHatched }: SeriesStyle): string {
  return isHatched
    ? `repeating-linear-gradient(135deg, ${color} 0 2px, transparent 2px 5px)`
    : color;
}

function SampleTable(props: {
  label: string;
  data: StackedSeries;
  locale: string | undefined;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { series, rows } = props.data;
  const now = rows.at(-1)?.at ?? 0;
  return (
    <table className={classes.table} aria-label={props.label}>
      <thead>
        <tr>
          <th scope="col">{t('charts.time')}</th>
          <th scope="col">{t('charts.total')}</th>
          {series.map(({ key, title }) => (
            <th key={key} scope="col">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {sampleRows({ rows, most: TABLE_ROWS })
          .map(({ at, values }) => (
            <tr key={at}>
              <th scope="row">
                {formatClock({ at, now, locale: props.locale })}
              </th>
              <td>{values.reduce((sum, value) => sum + value, 0)}</td>
              {series.map(({ key }, index) => (
                <td key={key}>{values[index]}</td>
              ))}
            </tr>
          ))
          .reverse()}
      </tbody>
    </table>
  );
}
