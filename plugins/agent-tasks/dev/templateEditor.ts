import { EditorView } from '@codemirror/view';
import { act, screen } from '@testing-library/react';

/** The browser of the tests lays nothing out; an editor asks where its letters are. */
export function prepareEditor(): void {
  const nowhere = { x: 0, y: 0, width: 0, height: 0 } as DOMRect;
  Range.prototype.getBoundingClientRect = () => nowhere;
  Range.prototype.getClientRects = () => [] as unknown as DOMRectList;
}

/** The text of the template on the page, as the editor holds it. */
export async function findEditor(): Promise<EditorView> {
  const content = await screen.findByRole('textbox', {
    name: 'Text of the template (YAML)',
  });
  const view = EditorView.findFromDOM(content);
  if (!view) {
    throw new Error('there is no editor around the text');
  }
  return view;
}

/** Writes something in the place of something else, as one edit. */
export async function replaceInEditor(
  view: EditorView,
  before: string,
  after: string,
): Promise<void> {
  const from = view.state.doc.toString().indexOf(before);
  if (from < 0) {
    throw new Error(`the text has no '${before}'`);
  }
  await act(async () => {
    view.dispatch({
      changes: { from, to: from + before.length, insert: after },
    });
  });
}
