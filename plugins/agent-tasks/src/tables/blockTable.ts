import type { Theme } from '@material-ui/core/styles';
import type { CreateCSSProperties } from '@material-ui/core/styles/withStyles';

type Rules = Record<string, CreateCSSProperties>;

/**
 * The styles of a table of figures whose rows become blocks on a narrow screen, since a table that scrolls sideways hides
 * what matters. A cell with `data-label` says there of what it is, as there are no column headings any more.
 */
export function blockTable(options: {
  theme: Theme;
  /** The widest screen that has blocks. */
  upTo: 'xs' | 'sm';
  /** What is different or more, by selector; `undefined` takes a style away. */
  rules?: Rules;
  /** The same for blocks. */
  blockRules?: Rules;
}): CreateCSSProperties {
  const { theme, upTo, rules, blockRules } = options;
  const line = `1px solid ${theme.palette.divider}`;
  return {
    width: '100%',
    borderCollapse: 'collapse',
    fontVariantNumeric: 'tabular-nums',
    ...merge(
      {
        '& th': {
          fontSize: theme.typography.caption.fontSize,
          fontWeight: 600,
          color: theme.palette.text.secondary,
          whiteSpace: 'nowrap',
        },
        '& th, & td': {
          height: 40,
          padding: theme.spacing(0.5, 1),
          borderBottom: line,
          textAlign: 'right',
        },
        '& tr > :first-child': { paddingLeft: 0 },
        '& tr > :last-child': { paddingRight: 0 },
        '& tbody tr:last-child td': { borderBottom: 0 },
      },
      rules,
    ),
    [theme.breakpoints.down(upTo)]: merge(
      {
        '&, & tbody, & tr': { display: 'block' },
        '& thead': { display: 'none' },
        '& td': {
          display: 'flex',
          justifyContent: 'space-between',
          gap: theme.spacing(2),
          height: 'auto',
          border: 0,
          padding: theme.spacing(0.25, 0),
        },
        '& td[data-label]::before': {
          content: 'attr(data-label)',
          color: theme.palette.text.secondary,
        },
        '& td:first-child': { display: 'block' },
        '& tbody tr': {
          padding: theme.spacing(1.25, 0),
          borderBottom: line,
        },
      },
      blockRules,
    ),
  };
}

function merge(rules: Rules, more: Rules = {}): Rules {
  const merged = { ...rules };
  for (const [selector, styles] of Object.entries(more)) {
    merged[selector] = { ...merged[selector], ...styles };
  }
  return merged;
}
