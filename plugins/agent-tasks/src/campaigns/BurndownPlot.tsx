import { Line, LineChart, ResponsiveContainer } from 'recharts';
import { PlotAxes, plotMargin } from '../charts/PlotAxes';
import { PLOT_HEIGHT } from '../charts/plotSize';
import type { BurndownRow } from './burndownRows';

/** A line of the drawing. */
export interface BurndownLine {
  key: 'planned' | 'actual' | 'forecast';
  title: string;
  /** As SVG has it; absent for a line without gaps. */
  dash?: string;
  color: string;
}

/**
 * The drawing alone. It is for the eye; `BurndownChart` has the words. In a file of its own because it brings the chart
 * library, which is loaded when the first chart is seen.
 */
export default function BurndownPlot(props: {
  rows: BurndownRow[];
  lines: BurndownLine[];
  locale: string | undefined;
}) {
  const { rows, lines, locale } = props;
  return (
    <ResponsiveContainer width="100%" height={PLOT_HEIGHT}>
      <LineChart data={rows} margin={plotMargin} accessibilityLayer={false}>
        <PlotAxes rows={rows} locale={locale} />
        {lines.map(({ key, title, dash, color }) => (
          <Line
            key={key}
            name={title}
            dataKey={key}
            type={key === 'actual' ? 'stepAfter' : 'linear'}
            stroke={color}
            strokeWidth={key === 'actual' ? 2.5 : 2}
            strokeDasharray={dash}
            connectNulls
            dot={false}
            activeDot={false}
            isAnimationActive={false}
          />
        ))}
      </LineChart>
    </ResponsiveContainer>
  );
}
