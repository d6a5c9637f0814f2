import { act, renderHook } from '@testing-library/react';
import { useCalm } from './useCalm';

describe('useCalm', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('changes at once, then no more often than told, and never misses the last value', () => {
    const { result, rerender } = renderHook(
      ({ value }) => useCalm(value, 1_000),
      { initialProps: { value: 1 } },
    );
    rerender({ value: 2 });
    expect(result.current).toBe(1);
    rerender({ value: 3 });
    act(() => {
      jest.advanceTimersByTime(999);
    });
    expect(result.current).toBe(1);
    act(() => {
      jest.advanceTimersByTime(1);
    });
    expect(result.current).toBe(3);

    act(() => {
      jest.advanceTimersByTime(5_000);
    });
    rerender({ value: 4 });
    expect(result.current).toBe(4);
  });
});
