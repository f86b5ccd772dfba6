import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { watchAnswer } from '../../../../lib/store/mysql/wire/watchdog.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const megabyte = 1024 * 1024;

function watch(bytesRead = 0) {
  const onBreach = vi.fn<(error: Error) => void>();
  const socket = { bytesRead };
  const { progress, stop } = watchAnswer(socket, {
    silenceLimit: 10_000,
    timeLimit: 70_000,
    onBreach,
  });
  return { onBreach, socket, progress, stop };
}

test('reports a server that has said nothing, once', () => {
  const { onBreach } = watch(7);
  vi.advanceTimersByTime(9_999);
  expect(onBreach).not.toHaveBeenCalled();
  vi.advanceTimersByTime(60_000);
  expect(onBreach).toHaveBeenCalledTimes(1);
  expect(onBreach.mock.calls[0]?.[0].message).toBe('the server has said nothing for 10 s');
});

test('lets a slow answer come as long as bytes do, up to a bound', () => {
  const { onBreach, socket } = watch();
  for (let second = 0; second < 69; second += 1) {
    socket.bytesRead += 1;
    vi.advanceTimersByTime(1000);
  }
  expect(onBreach).not.toHaveBeenCalled();
  socket.bytesRead += 1;
  vi.advanceTimersByTime(1000);
  expect(onBreach).toHaveBeenCalledTimes(1);
  expect(onBreach.mock.calls[0]?.[0].message).toMatch(/did not come to an end within 70 s/);
});

test('does not blame the server when this process stood still', () => {
  const { onBreach, socket } = watch();
  // Timers that were due meanwhile fire once, before what has come is read.
  vi.setSystemTime(Date.now() + 60_000);
  vi.advanceTimersByTime(100);
  socket.bytesRead += 1;
  vi.advanceTimersByTime(9_000);
  expect(onBreach).not.toHaveBeenCalled();
});

test('takes 250 MB of rows, and not much more', () => {
  const { onBreach, socket, progress } = watch(5 * megabyte);
  for (let megabytes = 0; megabytes < 250; megabytes += 10) {
    socket.bytesRead += 10 * megabyte;
    progress();
    vi.advanceTimersByTime(100);
  }
  expect(onBreach).not.toHaveBeenCalled();
  socket.bytesRead += 10 * megabyte;
  progress();
  vi.advanceTimersByTime(100);
  expect(onBreach.mock.calls[0]?.[0].message).toMatch(/longer than docket reads/);
});

test('takes a row of 15 MB, and none without an end', () => {
  const { onBreach, socket, progress } = watch();
  socket.bytesRead += 15 * megabyte;
  vi.advanceTimersByTime(100);
  progress();
  socket.bytesRead += 15 * megabyte;
  vi.advanceTimersByTime(100);
  expect(onBreach).not.toHaveBeenCalled();
  socket.bytesRead += 2 * megabyte;
  vi.advanceTimersByTime(100);
  expect(onBreach.mock.calls[0]?.[0].message).toMatch(/longer than docket reads/);
});

test('says nothing after it was ended', () => {
  const { onBreach, stop } = watch();
  stop();
  vi.advanceTimersByTime(60_000);
  expect(onBreach).not.toHaveBeenCalled();
});
