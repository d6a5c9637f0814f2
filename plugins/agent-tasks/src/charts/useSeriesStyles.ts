import amber from '@material-ui/core/colors/amber';
import blue from '@material-ui/core/colors/blue';
import blueGrey from '@material-ui/core/colors/blueGrey';
import brown from '@material-ui/core/colors/brown';
import cyan from '@material-ui/core/colors/cyan';
import deepPurple from '@material-ui/core/colors/deepPurple';
import green from '@material-ui/core/colors/green';
import lime from '@material-ui/core/colors/lime';
import pink from '@material-ui/core/colors/pink';
import teal from '@material-ui/core/colors/teal';
import { useTheme } from '@material-ui/core/styles';
import { useMemo } from 'react';

/** No more series than this are drawn: more colours than that nobody tells apart. */
export const MOST_SERIES = 12;

// Neighbours in the stack differ in hue and in lightness. Red is not among them: it is for what needs a person now.
const families = [
  [blue, 700, 400],
  [amber, 800, 200],
  [teal, 700, 400],
  [pink, 300, 200],
  [deepPurple, 500, 300],
  [lime, 900, 300],
  [cyan, 600, 200],
  [brown, 500, 200],
  [green, 700, 300],
] as const;

/** How one series is drawn. */
export interface SeriesStyle {
  color: string;
  /** Drawn with lines through it, so that it differs from its neighbours without colour. */
  isHatched: boolean;
}

/** The styles of series in the order of their stack; the last one, of all others, is grey. */
export function useSeriesStyles(options: {
  count: number;
  hasOther: boolean;
}): SeriesStyle[] {
  const { palette } = useTheme();
  const { count, hasOther } = options;
  return useMemo(() => {
    const isDark = palette.type === 'dark';
    return Array.from({ length: count }, (_, index) => {
      const isHatched = index % 2 === 1;
      if (hasOther && index === count - 1) {
        return { color: blueGrey[isDark ? 300 : 500], isHatched };
      }
      const [family, light, dark] = families[index % families.length];
      return { color: family[isDark ? dark : light], isHatched };
    });
  }, [palette.type, count, hasOther]);
}
