import { renderInTestApp } from '@backstage/test-utils';
import { fireEvent, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ConfirmDialog, type ConfirmDialogProps } from './ConfirmDialog';

const render = async (props: Partial<ConfirmDialogProps>) => {
  const onClose = jest.fn();
  const onConfirm = jest.fn(async (_reason: string) => {});
  await renderInTestApp(
    <ConfirmDialog
      title="Stop it?"
      text="It stops."
      confirm="Stop"
      keep="Leave it"
      describeFailure={message => `Not stopped: ${message}`}
      onClose={onClose}
      onConfirm={onConfirm}
      {...props}
    />,
  );
  return { onClose, onConfirm };
};

const button = (name: string) => screen.getByRole('button', { name });
const reasonField = () => screen.getByRole('textbox', { name: /Reason/ });

describe('ConfirmDialog', () => {
  it('hands on the reason without the blanks around it', async () => {
    const { onConfirm } = await render({ reason: { help: 'All read it.' } });
    await userEvent.type(reasonField(), ' Too dear. ');
    await userEvent.click(button('Stop'));
    expect(onConfirm).toHaveBeenCalledWith('Too dear.');
  });

  it('does nothing without a reason where one has to be given, and says so', async () => {
    const { onConfirm } = await render({
      reason: { help: 'All read it.', missing: 'Say why.' },
    });
    expect(reasonField()).toHaveAccessibleDescription('All read it.');
    await userEvent.type(reasonField(), '  ');
    await userEvent.click(button('Stop'));
    expect(reasonField()).toHaveAccessibleDescription('Say why.');
    expect(reasonField()).toBeInvalid();
    expect(onConfirm).not.toHaveBeenCalled();
  });

  it('does nothing while its fields are not in order', async () => {
    const onTry = jest.fn();
    const { onConfirm } = await render({ isValid: () => false, onTry });
    await userEvent.click(button('Stop'));
    expect(onTry).toHaveBeenCalledTimes(1);
    expect(onConfirm).not.toHaveBeenCalled();
  });

  it('cannot be closed while it is being done', async () => {
    const { onClose } = await render({
      onConfirm: () => new Promise(() => {}),
    });
    await userEvent.click(button('Stop'));
    expect(button('Stop')).toBeDisabled();
    expect(button('Leave it')).toBeDisabled();
    fireEvent.keyDown(screen.getByRole('dialog'), { key: 'Escape' });
    expect(onClose).not.toHaveBeenCalled();
  });

  it.each(['form', 'question'] as const)(
    'stays with what was entered where it fails (%s)',
    async layout => {
      const { onClose } = await render({
        layout,
        reason: { help: 'All read it.' },
        onConfirm: async () => {
          throw new Error('no answer');
        },
      });
      await userEvent.type(reasonField(), 'Too dear.');
      await userEvent.click(button('Stop'));
      expect(await screen.findByRole('alert')).toHaveTextContent(
        'Not stopped: no answer',
      );
      expect(reasonField()).toHaveValue('Too dear.');
      await userEvent.click(button('Leave it'));
      expect(onClose).toHaveBeenCalledTimes(1);
    },
  );
});
