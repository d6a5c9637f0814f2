import { useTheme } from '@material-ui/core/styles';

const WIDTH = 96;
const HEIGHT = 24;

/** A small line of how a quantity went, the newest at the right; nothing before there are two values. */
export function TrailLine(props: {
  /** Says what the line shows; `0` is its bottom. */
  label: string;
  values: number[];
  /** The top of the line; by default the largest value. */
  max?: number;
}) {
  const { palette } = useTheme();
  const { label, values } = props;
  if (values.length < 2) {
    return null;
  }
  const max = props.max ?? (Math.max(...values) || 1);
  const points = values.map((value, index) => {
    const x = 2 + (index / (values.length - 1)) * (WIDTH - 4);
    const y = 2 + (1 - Math.min(1, value / max)) * (HEIGHT - 4);
    return [x.toFixed(1), y.toFixed(1)];
  });
  const [lastX, lastY] = points[points.length - 1];
  return (
    <svg
      role="img"
      aria-label={label}
      width={WIDTH}
      height={HEIGHT}
      style={{ borderBottom: `1px solid ${palette.divider}` }}
    >
      <polyline
        points={points.map(point => point.join(',')).join(' ')}
        fill="none"
        stroke={palette.primary.main}
        strokeWidth={1.5}
      />
      <circle cx={lastX} cy={lastY} r={2} fill={palette.primary.main} />
    </svg>
  );
}
