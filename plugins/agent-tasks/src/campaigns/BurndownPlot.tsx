import { useTheme } from '@material-ui/core/styles';
import {
  CartesianGrid,
  Line,
  LineChart,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import type { BurndownRow } from './burndownRows';

const HEIGHT = 240;
const DAY_MS = 86_400_000;

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
  const { palette, typography, shape } = useTheme();
  const { rows, lines, locale } = props;
  const first = rows.at(0)?.at ?? 0;
  const last = rows.at(-1)?.at ?? 0;
  const axisFormat = new Intl.DateTimeFormat(
    locale,
    last - first > 2 * DAY_MS
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
  const tick = { fill: palette.text.secondary, fontSize: 12 };
  return (
    <ResponsiveContainer width="100%" height={HEIGHT}>
      <LineChart
        data={rows}
        margin={{ top: 8, right: 8, bottom: 0, left: 0 }}
        accessibilityLayer={false}
      >
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
        />
        <Tooltip
          isAnimationActive={false}
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
                {payload.map(item => (
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
