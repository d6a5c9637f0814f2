import type { TemplateProblem } from '@agent-tasks/plugin-agent-tasks-common';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import {
  bracketMatching,
  indentOnInput,
  indentUnit,
} from '@codemirror/language';
import {
  type Diagnostic,
  lintGutter,
  nextDiagnostic,
  previousDiagnostic,
  setDiagnostics,
} from '@codemirror/lint';
import { Compartment, EditorState, type Text } from '@codemirror/state';
import {
  Decoration,
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
  MatchDecorator,
  ViewPlugin,
  type DecorationSet,
} from '@codemirror/view';
import { useTheme } from '@material-ui/core/styles';
import { useEffect, useRef } from 'react';
import { editorTheme } from './editorTheme';

const matcher = new MatchDecorator({
  regexp: /\$\{\{[^{}\n]*\}\}/g,
  decoration: Decoration.mark({ class: 'cm-template-variable' }),
});

/** Shows what will be filled in by other means than by the colours of YAML, which take it for text. */
const variables = ViewPlugin.define<{
  decorations: DecorationSet;
  update: (update: Parameters<typeof matcher.updateDeco>[0]) => void;
}>(
  view => ({
    decorations: matcher.createDeco(view),
    update(update) {
      this.decorations = matcher.updateDeco(update, this.decorations);
    },
  }),
  { decorations: plugin => plugin.decorations },
);

/** Where to put the cursor. */
export interface EditorTarget {
  line: number;
  column: number;
}

/**
 * A text field for YAML with line numbers, colours and marks at what is wrong. Loaded when it is needed: it weighs more
 * than the rest of its page.
 *
 * The Tab key leaves it, as it leaves any other field.
 */
export default function YamlEditor(props: {
  label: string;
  /** Ids of elements that say more. */
  describedBy?: string;
  /** The text at first; it is taken anew with another `version` alone, because the field is ahead of whoever listens. */
  text: string;
  version: number;
  isReadOnly: boolean;
  problems: TemplateProblem[];
  /** Goes there and takes the focus, whenever it is another object. */
  target?: EditorTarget;
  onChange: (text: string) => void;
}) {
  const { label, describedBy, text, version, isReadOnly, problems, target } =
    props;
  const theme = useTheme();
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>();
  const look = useRef(new Compartment());
  const access = useRef(new Compartment());
  const latest = useRef({ ...props, theme });
  useEffect(() => {
    latest.current = { ...props, theme };
  });

  useEffect(() => {
    const { current } = latest;
    const created = new EditorView({
      parent: host.current ?? undefined,
      state: EditorState.create({
        doc: current.text,
        extensions: [
          lineNumbers(),
          lintGutter(),
          history(),
          drawSelection(),
          highlightActiveLine(),
          highlightActiveLineGutter(),
          indentOnInput(),
          indentUnit.of('  '),
          bracketMatching(),
          EditorView.lineWrapping,
          yaml(),
          variables,
          keymap.of([
            { key: 'F8', run: nextDiagnostic },
            { key: 'Shift-F8', run: previousDiagnostic },
            ...historyKeymap,
            ...defaultKeymap,
          ]),
          look.current.of(editorTheme(current.theme)),
          access.current.of(accessOf(current)),
          EditorView.updateListener.of(update => {
            if (update.docChanged) {
              latest.current.onChange(update.state.doc.toString());
            }
          }),
        ],
      }),
    });
    view.current = created;
    return () => {
      view.current = undefined;
      created.destroy();
    };
  }, []);

  const shown = useRef(version);
  useEffect(() => {
    const { current } = view;
    if (current && shown.current !== version) {
      shown.current = version;
      current.dispatch({
        changes: { from: 0, to: current.state.doc.length, insert: text },
      });
    }
  }, [text, version]);

  useEffect(() => {
    view.current?.dispatch({
      effects: look.current.reconfigure(editorTheme(theme)),
    });
  }, [theme]);

  useEffect(() => {
    view.current?.dispatch({
      effects: access.current.reconfigure(
        accessOf({ label, describedBy, isReadOnly }),
      ),
    });
  }, [label, describedBy, isReadOnly]);

  useEffect(() => {
    const { current } = view;
    current?.dispatch(
      setDiagnostics(
        current.state,
        problems.map(problem => toDiagnostic(current.state.doc, problem)),
      ),
    );
  }, [problems]);

  useEffect(() => {
    const { current } = view;
    if (current && target) {
      const anchor = offsetOf(current.state.doc, target);
      current.dispatch({
        selection: { anchor },
        effects: EditorView.scrollIntoView(anchor, { y: 'center' }),
      });
      current.focus();
    }
  }, [target]);

  return <div ref={host} />;
}

function accessOf(options: {
  label: string;
  describedBy?: string;
  isReadOnly: boolean;
}) {
  const { label, describedBy, isReadOnly } = options;
  return [
    EditorState.readOnly.of(isReadOnly),
    EditorView.contentAttributes.of({
      'aria-label': label,
      ...(describedBy && { 'aria-describedby': describedBy }),
      ...(isReadOnly && { 'aria-readonly': 'true' }),
      spellcheck: 'false',
      // It takes the focus anyway; this says so to whoever checks that what scrolls can be reached.
      tabindex: '0',
    }),
  ];
}

/** The problem may be of a text that is a keystroke older. */
function offsetOf(doc: Text, { line, column }: EditorTarget): number {
  const { from, length } = doc.line(Math.min(Math.max(line, 1), doc.lines));
  return from + Math.min(Math.max(column - 1, 0), length);
}

function toDiagnostic(doc: Text, problem: TemplateProblem): Diagnostic {
  const from = offsetOf(doc, problem);
  const line = doc.lineAt(from);
  const word = /^\S+/.exec(line.text.slice(from - line.from));
  return {
    from,
    to: from + (word?.[0].length ?? 0),
    severity: problem.severity,
    message: problem.message,
  };
}
