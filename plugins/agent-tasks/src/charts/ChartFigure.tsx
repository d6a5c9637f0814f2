import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Skeleton from '@material-ui/lab/Skeleton';
import { type ReactNode, Suspense, useState } from 'react';
import { hiddenFromEyes } from '../live/hiddenFromEyes';
import { agentTasksTranslationRef } from '../translation';
import { PlotBoundary } from './PlotBoundary';
import { PLOT_HEIGHT } from './plotSize';

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
    scroll: { overflowX: 'auto', maxHeight: PLOT_HEIGHT + 40 },
    switch: {
      display: 'block',
      marginLeft: 'auto',
      minWidth: 0,
      fontWeight: 'normal',
    },
  }),
  { name: 'AgentTasksChartFigure' },
);

/**
 * A chart that everybody can read. The drawing is for the eye alone; who listens has a table of the same, which everybody
 * can switch to.
 */
export function ChartFigure(props: {
  /** What it shows, and of which time. */
  label: string;
  /** May be loaded lazily. */
  plot: ReactNode;
  /** What the lines and colours mean, as items of a list. */
  legend: ReactNode;
  /** The same as a table. */
  table: ReactNode;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const [isTable, setTable] = useState(false);
  return (
    <figure className={classes.root} aria-label={props.label}>
      {!isTable && (
        <div aria-hidden="true">
          <PlotBoundary fallback={t('charts.failed')}>
            <Suspense
              fallback={<Skeleton variant="rect" height={PLOT_HEIGHT} />}
            >
              {props.plot}
            </Suspense>
          </PlotBoundary>
          <ul className={classes.legend}>{props.legend}</ul>
        </div>
      )}
      <div
        className={isTable ? classes.scroll : undefined}
        style={isTable ? undefined : hiddenFromEyes}
      >
        {props.table}
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
}
