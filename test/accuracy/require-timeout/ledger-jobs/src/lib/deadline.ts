import pTimeout from 'p-timeout';

/** Runs `operation` with a signal that fires after `ms`. */
export async function withDeadline<T>(ms: number, operation: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const timer = setTimeout(() => {
    controller.abort(new Error(`no answer within ${ms} ms`));
  }, ms);
  try {
    return await operation(controller.signal);
  } finally {
    clearTimeout(timer);
  }
}

/** The operation goes on, its caller does not wait for it. */
export function giveUpAfter<T>(ms: number, operation: () => Promise<T>): Promise<T> {
  return pTimeout(operation(), { milliseconds: ms });
}

export async function raceAgainst<T>(promise: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const expired = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error('expired'));
    }, ms);
  });
  try {
    return await Promise.race([promise, expired]);
  } finally {
    clearTimeout(timer);
  }
}

/** Only measures: no limit. */
export async function timed<T>(name: string, operation: () => Promise<T>): Promise<T> {
  const started = performance.now();
  try {
    return await operation();
  } finally {
    console.info(name, performance.now() - started);
  }
}
