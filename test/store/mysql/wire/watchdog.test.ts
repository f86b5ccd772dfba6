import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { guardSilence } from '../../../../lib/store/mysql/wire/watchdog.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('reports a server that has said nothing, once', () => {
  const onSilence = vi.fn();
  guardSilence({ bytesRead: 7 }, { silenceLimit: 10_000, onSilence });
  vi.advanceTimersByTime(9_999);
  expect(onSilence).not.toHaveBeenCalled();
  vi.advanceTimersByTime(60_000);
  expect(onSilence).toHaveBeenCalledTimes(1);
  expect(onSilence.mock.calls[0]?.[0].message).toBe('the server has said nothing for 10 s');
});

test('lets a slow answer come for as long as bytes do', () => {
  const onSilence = vi.fn();
  const socket = { bytesRead: 0 };
  guardSilence(socket, { silenceLimit: 10_000, onSilence });
  for (let second = 0; second < 100; second += 1) {
    socket.bytesRead += 1;
    vi.advanceTimersByTime(1000);
  }
  expect(onSilence).not.toHaveBeenCalled();
});

test('says nothing after it was ended', () => {
  const onSilence = vi.fn();
  guardSilence({ bytesRead: 0 }, { silenceLimit: 10_000, onSilence })();
  vi.advanceTimersByTime(60_000);
  expect(onSilence).not.toHaveBeenCalled();
});
