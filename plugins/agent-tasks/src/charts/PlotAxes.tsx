import { useTheme } from '@material-ui/core/styles';
import { CartesianGrid, Tooltip, XAxis, YAxis } from 'recharts';

const DAY_MS = 86_400_000;

/** Around the drawing of every chart. */
export const plotMargin = { top: 8, right: 8, bottom: 0, left: 0 };

/**
 * What the drawings of quantities over time have in common: the axes, the lines behind, and what is shown of the moment
 * under the pointer. Rows have their moment in `at`, in milliseconds since the epoch.
 */
export function PlotAxes(props: {
  /** The oldest first. */
  rows: { at: number }[];
  locale: string | undefined;
  /** Whether the quantities stand one upon the other; what is shown of a moment then has the same order. */
  isStacked?: boolean;
}) {
  const { palette, typography, shape } = useTheme();
  const { rows, locale, isStacked } = props;
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
  const compactFormat = new Intl.NumberFormat(locale, { notation: 'compact' });
  const tick = { fill: palette.text.secondary, fontSize: 12 };
  return (
    <>
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
        tickFormatter={
          isStacked ? (value: number) => compactFormat.format(value) : undefined
        }
      />
      <Tooltip
        isAnimationActive={false}
        itemSorter={isStacked ? () => 0 : undefined}
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
              {(isStacked ? [...payload].reverse() : payload).map(item => (
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
    </>
  );
}
