import got from 'got';

const seconds = (n: number): number => n * 1000;

// ok: require-timeout -- computed, and a real limit
export const bounded = got.extend({ timeout: { request: seconds(15) } });
