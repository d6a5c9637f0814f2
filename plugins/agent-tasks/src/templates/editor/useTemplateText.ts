import { useCallback, useEffect, useRef, useState } from 'react';
import { type TemplateDraft, templateDrafts } from './templateDrafts';

/** Long enough not to write at each letter, short enough to lose a word at most. */
const KEEP_AFTER_MS = 300;

/** A revision of a template. */
export interface SavedText {
  text: string;
  /** Absent for a template that is new. */
  revision?: number;
}

/** A text that one works on, beside what is saved of it. */
export interface TemplateText {
  text: string;
  /** Counts how often the text was set from outside of the editor. */
  version: number;
  /** What the text was made from. */
  base: SavedText;
  /** The current revision; another one than `base` where somebody revised it since. */
  current: SavedText;
  isChanged: boolean;
  /** Whether this browser keeps what is not saved. */
  isKept: boolean;
  /** What was found of an earlier visit, and is shown now. */
  restored?: TemplateDraft;
  /** Takes what somebody typed. */
  edit: (text: string) => void;
  /** Sets what the text was made from, and leaves it as it is. */
  rebase: (base: SavedText) => void;
  /** Sets what is saved, and takes it for the text. */
  replace: (saved: SavedText) => void;
}

interface TextState {
  text: string;
  version: number;
  base: SavedText;
  current: SavedText;
  restored?: TemplateDraft;
}

/** Keeps what is typed in this browser until it is saved or discarded. */
export function useTemplateText(options: {
  /** Whose draft it is; absent for a text that is only looked at. */
  draftKey: string | undefined;
  current: SavedText;
  /** The revision that the draft was made from, where it is no longer the current one. */
  base?: SavedText;
}): TemplateText {
  const { draftKey } = options;
  const [state, setState] = useState<TextState>(() => {
    const current = withLines(options.current);
    const draft = draftKey ? templateDrafts.read(draftKey) : undefined;
    if (!draft || draft.text === current.text) {
      return { text: current.text, version: 0, base: current, current };
    }
    return {
      text: draft.text,
      version: 0,
      base: withLines(options.base ?? current),
      current,
      restored: draft,
    };
  });
  const [isKept, setKept] = useState(true);
  const { text, base, restored } = state;
  const isChanged = text !== base.text;

  const pending = useRef<() => void>();
  const flush = useCallback(() => {
    pending.current?.();
    pending.current = undefined;
  }, []);
  useEffect(() => {
    // What was found and not touched stays as old as it is.
    if (draftKey === undefined || (restored && text === restored.text)) {
      return undefined;
    }
    pending.current = () => {
      if (isChanged) {
        const draft = { text, base: base.revision, at: Date.now() };
        setKept(templateDrafts.keep(draftKey, draft));
      } else {
        templateDrafts.remove(draftKey);
      }
    };
    const timer = setTimeout(flush, KEEP_AFTER_MS);
    return () => clearTimeout(timer);
  }, [draftKey, text, base, restored, isChanged, flush]);
  useEffect(() => {
    window.addEventListener('pagehide', flush);
    return () => {
      window.removeEventListener('pagehide', flush);
      flush();
    };
  }, [flush]);

  return {
    ...state,
    isChanged,
    isKept,
    edit: useCallback(
      (typed: string) => setState(before => ({ ...before, text: typed })),
      [],
    ),
    rebase: useCallback(
      (next: SavedText) => {
        const saved = withLines(next);
        // The page may be left in the same moment, as it is when a template is created.
        pending.current = draftKey
          ? () => templateDrafts.remove(draftKey)
          : undefined;
        setState(({ text: typed, version }) => ({
          text: typed,
          version,
          base: saved,
          current: saved,
        }));
      },
      [draftKey],
    ),
    replace: useCallback((next: SavedText) => {
      const saved = withLines(next);
      setState(({ version }) => ({
        text: saved.text,
        version: version + 1,
        base: saved,
        current: saved,
      }));
    }, []),
  };
}

/** The editor knows one kind of line break; another one would look like a change of every line. */
function withLines(saved: SavedText): SavedText {
  return { ...saved, text: saved.text.replace(/\r\n?/g, '\n') };
}
