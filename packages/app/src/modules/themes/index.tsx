import {
  createUnifiedTheme,
  defaultComponentThemes,
  palettes,
  UnifiedTheme,
  UnifiedThemeOptions,
  UnifiedThemeProvider,
} from '@backstage/theme';
import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { ThemeBlueprint } from '@backstage/plugin-app-react';
import DarkIcon from '@material-ui/icons/Brightness2';
import LightIcon from '@material-ui/icons/WbSunny';
import { ReactNode } from 'react';

const navigation = {
  ...palettes.light.navigation,
  background: '#14213d',
  indicator: '#5fd4b1',
  color: '#c3cbdb',
  selectedColor: '#ffffff',
  navItem: { hoverBackground: '#22335a' },
};

// What Backstage's newer components take as well; two families on one page look like a mistake.
const fontFamily = 'system-ui, sans-serif';

const components: UnifiedThemeOptions['components'] = {
  MuiTableCell: {
    styleOverrides: {
      ...defaultComponentThemes?.MuiTableCell?.styleOverrides,
      root: ({ theme }) => ({
        // Breaks a word only where it would not fit, instead of letting every column shrink to a letter.
        wordBreak: 'normal',
        overflowWrap: 'break-word',
        overflow: 'hidden',
        verticalAlign: 'middle',
        lineHeight: 1.25,
        margin: 0,
        padding: theme.spacing(3, 2, 3, 2.5),
        borderBottom: 0,
      }),
      sizeSmall: ({ theme }) => ({ padding: theme.spacing(1, 0.5, 1, 1.5) }),
    },
  },
  MuiButton: {
    styleOverrides: {
      ...defaultComponentThemes?.MuiButton?.styleOverrides,
      root: { textTransform: 'none' },
    },
  },
};

const light = createUnifiedTheme({
  palette: { ...palettes.light, navigation },
  fontFamily,
  components,
});

const dark = createUnifiedTheme({
  palette: {
    ...palettes.dark,
    navigation: { ...navigation, background: '#0d1526' },
  },
  fontFamily,
  components,
});

function provide(theme: UnifiedTheme) {
  return ({ children }: { children: ReactNode }) => (
    <UnifiedThemeProvider theme={theme}>{children}</UnifiedThemeProvider>
  );
}

/** Backstage's own look with the portal's colours, light and dark. */
export const themesModule = createFrontendModule({
  pluginId: 'app',
  extensions: [
    ThemeBlueprint.make({
      name: 'light',
      params: {
        theme: {
          id: 'light',
          title: 'Light',
          variant: 'light',
          icon: <LightIcon />,
          Provider: provide(light),
        },
      },
    }),
    ThemeBlueprint.make({
      name: 'dark',
      params: {
        theme: {
          id: 'dark',
          title: 'Dark',
          variant: 'dark',
          icon: <DarkIcon />,
          Provider: provide(dark),
        },
      },
    }),
  ],
});
