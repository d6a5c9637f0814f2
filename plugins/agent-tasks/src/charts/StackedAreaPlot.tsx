import { useTheme } from '@material-ui/core/styles';
import { useId } from 'react';
import {
  Area,
  AreaChart,
  CartesianGrid,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import type { StackedSeries } from './stackedSeries';
import type { SeriesStyle } from './useSeriesStyles';

const HEIGHT = 240;
const DAY_MS = 86_400_000;

/**
 * The drawing alone. It is for the eye; `StackedAreaChart` has the words. In a file of its own because it brings the
 * chart library, which is loaded when the first chart is seen.
 */
export default function StackedAreaPlot(props: {
  data: StackedSeries;
  styles: SeriesStyle[];
  locale: string | undefined;
}) {
  const { palette, typography, shape } = useTheme();
  const id = useId();
  const { data, styles, locale } = props;
  const first = data.rows.at(0)?.at ?? 0;
  const last = data.rows.at(-1)?.at ?? 0;
  const isLong = last - first > 2 * DAY_MS;
  const axisFormat = new Intl.DateTimeFormat(
    locale,
    isLong
      ? { month: 'short', day: 'numeric' }
      : { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  );
  const exactFormat = new Intl.DateTimeFormat(locale, {
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const numberFormat = new Intl.NumberFormat(locale, { notation: 'compact' });
  const tick = { fill: palette.text.secondary, fontSize: 12 };
  const fillOf = (index: number) =>
    styles[index].isHatched ? `url(#${id}-${index})` : styles[index].color;

  return (
    <ResponsiveContainer width="100%" height={HEIGHT}>
      <AreaChart
        data={data.rows}
        margin={{ top: 8, right: 8, bottom: 0, left: 0 }}
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
        <CartesianGrid vertical={false} stroke={palette.divider} />
        <XAxis
          dataKey="at"
          type="number"
          domain={['dataMin', 'dataMax']}
          tickFormatter={(at: number) => axisFormat.format(at)}
          tick={tick}
          tickLine={false}
          stroke={palette.divider}
          minTickGap={48}
        />
        <YAxis
          allowDecimals={false}
          width={44}
          tick={tick}
          tickLine={false}
          axisLine={false}
          tickFormatter={(value: number) => numberFormat.format(value)}
        />
        <Tooltip
          isAnimationActive={false}
          itemSorter={() => 0}
          cursor={{ stroke: palette.text.secondary }}
          content={({ active, payload, label }) =>
            active && payload?.length ? (
              <div
                style={{
                  padding: '8px 12px',
                  backgroundColor: palette.background.paper,
                  border: `1px solid ${palette.divider}`,
                  borderRadius: shape.borderRadius,
                  fontFamily: typography.fontFamily,
                  fontSize: 12,
                  fontVariantNumeric: 'tabular-nums',
                }}
              >
                <strong>{exactFormat.format(Number(label))}</strong>
                {[...payload].reverse().map(item => (
                  <div
                    key={String(item.name)}
                    style={{
                      display: 'flex',
                      justifyContent: 'space-between',
                      gap: 16,
                    }}
                  >
                    <span>{item.name}</span>
                    <span>{Number(item.value).toLocaleString(locale)}</span>
                  </div>
                ))}
              </div>
            ) : undefined
          }
        />
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
