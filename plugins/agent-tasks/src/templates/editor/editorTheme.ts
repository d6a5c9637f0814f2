import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { alpha, type Theme } from '@material-ui/core/styles';

/** The look of the editor in the portal's own theme; every colour has a contrast of 4.5 to the ground or more. */
export function editorTheme(theme: Theme): Extension {
  const { palette, shape } = theme;
  const isDark = palette.type === 'dark';
  const color = isDark
    ? { key: '#9cc4ff', value: '#f2bd8c', text: '#b7dfb0' }
    : { key: '#1a4d99', value: '#8a3b00', text: '#1e5c2a' };
  return [
    EditorView.theme(
      {
        '&': {
          fontSize: '12.5px',
          color: palette.text.primary,
          backgroundColor: palette.background.paper,
          border: `1px solid ${palette.divider}`,
          borderRadius: `${shape.borderRadius}px`,
          height: '64vh',
          minHeight: '320px',
        },
        '&.cm-focused': {
          outline: `2px solid ${palette.primary.main}`,
          outlineOffset: '-1px',
        },
        '.cm-scroller': {
          fontFamily:
            'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
          lineHeight: '1.55',
          overflow: 'auto',
        },
        '.cm-content': { caretColor: palette.text.primary },
        '.cm-cursor': { borderLeftColor: palette.text.primary },
        '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground':
          { backgroundColor: alpha(palette.primary.main, 0.25) },
        '.cm-gutters': {
          color: palette.text.secondary,
          backgroundColor: palette.background.default,
          borderRight: `1px solid ${palette.divider}`,
        },
        '.cm-activeLine, .cm-activeLineGutter': {
          backgroundColor: palette.action.hover,
        },
        '.cm-template-variable': {
          backgroundColor: alpha(palette.primary.main, 0.16),
          borderRadius: '2px',
        },
        '.cm-tooltip': {
          color: palette.text.primary,
          backgroundColor: palette.background.paper,
          border: `1px solid ${palette.divider}`,
          maxWidth: '480px',
        },
      },
      { dark: isDark },
    ),
    syntaxHighlighting(
      HighlightStyle.define([
        {
          tag: [tags.propertyName, tags.definition(tags.propertyName)],
          color: color.key,
        },
        { tag: [tags.string, tags.special(tags.string)], color: color.text },
        {
          tag: [tags.number, tags.bool, tags.null, tags.keyword],
          color: color.value,
        },
        {
          tag: [tags.comment, tags.lineComment],
          color: palette.text.secondary,
          fontStyle: 'italic',
        },
        {
          tag: [tags.punctuation, tags.separator, tags.meta],
          color: palette.text.secondary,
        },
      ]),
    ),
  ];
}
