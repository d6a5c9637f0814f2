import { useId } from 'react';
import { Area, AreaChart, ResponsiveContainer } from 'recharts';
import { PlotAxes, plotMargin } from './PlotAxes';
import { PLOT_HEIGHT } from './plotSize';
import type { StackedSeries } from './stackedSeries';
import type { SeriesStyle } from './useSeriesStyles';

/**
 * The drawing alone. It is for the eye; `StackedAreaChart` has the words. In a file of its own because it brings the
 * chart library, which is loaded when the first chart is seen.
 */
export default function StackedAreaPlot(props: {
  data: StackedSeries;
  styles: SeriesStyle[];
  locale: string | undefined;
}) {
  const id = useId();
  const { data, styles, locale } = props;
  const fillOf = (index: number) =>
    styles[index].isHatched ? `url(#${id}-${index})` : styles[index].color;

  return (
    <ResponsiveContainer width="100%" height={PLOT_HEIGHT}>
      <AreaChart
        data={data.rows}
        margin={plotMargin}
        accessibilityLayer={false}
      >
        <defs>
          {styles.map(
            ({ color, isHatched }, index) =>
              isHatched && (
                <pattern
                  key={index}
                  id={`${id}-${index}`}
                  width={6}
                  height={6}
                  patternUnits="userSpaceOnUse"
                  patternTransform="rotate(45)"
                >
                  <rect width={6} height={6} fill={color} fillOpacity={0.45} />
                  <rect width={2.5} height={6} fill={color} />
                </pattern>
              ),
          )}
        </defs>
        <PlotAxes rows={data.rows} locale={locale} isStacked />
        {data.series.map(({ key, title }, index) => (
          <Area
            key={key}
            name={title}
            dataKey={row => row.values[index]}
            stackId="all"
            stroke={styles[index].color}
            strokeWidth={1.5}
            fill={fillOf(index)}
            fillOpacity={styles[index].isHatched ? 0.9 : 0.75}
            isAnimationActive={false}
            dot={false}
            activeDot={false}
          />
        ))}
      </AreaChart>
    </ResponsiveContainer>
  );
}
