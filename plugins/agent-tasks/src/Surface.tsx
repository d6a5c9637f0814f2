import { ThemeProvider, type Theme } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import type { ReactNode } from 'react';

/** What secondary text usually has is too light to read on the grey behind a page. */
const SECONDARY = 'rgba(0, 0, 0, 0.62)';

/** Themes are made once for each that an app has: a new one would have all styles written again. */
const readable = new WeakMap<Theme, Theme>();

function toReadable(theme: Theme): Theme {
  if (theme.palette.type === 'dark') {
    return theme;
  }
  let result = readable.get(theme);
  if (!result) {
    const { palette } = theme;
    const text = { ...palette.text, secondary: SECONDARY };
    result = { ...theme, palette: { ...palette, text } };
    readable.set(theme, result);
  }
  return result;
}

/** The ground of all text of Agent Tasks: the portal's own small type, dark enough, whatever the page around it has. */
export function Surface(props: { children: ReactNode }) {
  return (
    <ThemeProvider theme={toReadable}>
      <Typography component="div" variant="body2">
        {props.children}
      </Typography>
    </ThemeProvider>
  );
}
