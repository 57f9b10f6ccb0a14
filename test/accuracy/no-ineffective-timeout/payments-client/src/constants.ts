export const NO_TIMEOUT = 0;
export const REQUEST_TIMEOUT = 5000;
/** One signal for everybody: fires once, five seconds after the start. */
export const sharedLimit = AbortSignal.timeout(REQUEST_TIMEOUT);
export const timeoutOf = (name: string): number => Number(process.env[`${name}_TIMEOUT`]);
