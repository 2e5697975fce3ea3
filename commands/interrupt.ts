/** Thrown into what waits when the user presses Ctrl-C. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** A signal that aborts at the first Ctrl-C (or SIGTERM); a second one, later than a second, ends the process at once. */
export function onInterrupt(): AbortSignal {
  const controller = new AbortController();
  let first = 0;
  const stop = () => {
    // One Ctrl-C may arrive twice: from the terminal and from the process that started this one.
    if (controller.signal.aborted && performance.now() - first > 1000) process.exit(130);
    if (controller.signal.aborted) return;
    first = performance.now();
    controller.abort(new Interrupted('interrupted'));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  process.on('SIGHUP', stop);
  return controller.signal;
}
