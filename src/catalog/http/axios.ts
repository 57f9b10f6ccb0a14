import type { Bound, Library, Operation } from '../schema.js';

const key = { in: 'header', name: 'Idempotency-Key' } as const;

/** Methods that take `(url, config)`. */
const withoutBody: readonly Operation[] = [
  {
    name: ['get', 'head', 'options'],
    effect: 'read',
    options: 1,
    target: 0,
    streamWhen: { in: 'options', option: 'responseType', is: 'stream' },
  },
  { name: 'delete', effect: 'idempotent-write', method: 'DELETE', options: 1, target: 0 },
];

/** Methods that take `(url, data, config)`. */
const withBody: readonly Operation[] = [
  { name: ['post', 'postForm'], effect: 'non-idempotent-write', method: 'POST', options: 2, target: 0, payload: 1 },
  { name: ['patch', 'patchForm'], effect: 'unknown', method: 'PATCH', options: 2, target: 0, payload: 1 },
  { name: ['put', 'putForm'], effect: 'idempotent-write', method: 'PUT', options: 2, target: 0, payload: 1 },
  { name: 'query', effect: 'read', method: 'QUERY', options: 2, target: 0, payload: 1, versions: '>=1.20' },
];

/** The bounds of every axios request; Nest's HttpService hands the same configuration on. */
export const axiosBounds: readonly Bound[] = [
  {
    option: 'timeout',
    where: 'both',
    takes: 'ms',
    kind: 'attempt',
    phases: ['connect', 'handshake', 'headers', 'body'],
    idleIn: ['body'],
    none: [0, null, false],
    misread: ['Infinity', 'negative'],
    fix: 1,
    source: 'run, 1.21.1: silent server ended at 306 ms, stalled body at 307 ms (idle once the headers are there)',
  },
  {
    option: 'signal',
    where: 'both',
    takes: 'signal',
    kind: 'total',
    phases: ['connect', 'handshake', 'headers', 'body'],
    none: [null],
    source: 'run, 1.21.1: ended at 304 ms, body too',
  },
  {
    option: 'cancelToken',
    where: 'both',
    takes: 'token',
    kind: 'total',
    phases: ['connect', 'handshake', 'headers', 'body'],
    none: [null],
    source: 'axios/lib/adapters/http.js',
  },
];

/** The verbs as `AxiosInstance` and Nest's `HttpService` have them. */
export const axiosVerbs: readonly Operation[] = [...withoutBody, ...withBody];

export const axios: Library = {
  name: 'axios',
  packages: ['axios'],
  family: 'http',
  verified: ['1.21.1'],
  exports: {
    default: { is: 'client', type: 'AxiosInstance' },
    create: { is: 'factory', type: 'AxiosInstance', config: 0, inherits: true },
    Axios: { is: 'class', type: 'AxiosInstance', config: 0 },
  },
  clients: {
    AxiosInstance: {
      types: ['AxiosInstance', 'AxiosStatic', 'Axios'],
      judged: 'construction',
      operations: [
        ...axiosVerbs,
        {
          name: '()',
          effect: { from: 'http-method', option: 'method', default: 'read' },
          options: [0, 1],
          target: 0,
        },
        { name: 'request', effect: { from: 'http-method', option: 'method', default: 'read' }, options: 0, target: 0 },
      ],
      lenient: {
        option: 'validateStatus',
        is: [null, false, 'accepts-all'],
        source: 'run, 1.21.1: a 500 resolves; axios/lib/core/settle.js',
      },
      derives: [{ name: 'create', type: 'AxiosInstance', config: 0, inherits: true }],
      defaults: 'defaults',
      target: 'baseURL',
      optionNames: [
        'timeout',
        'signal',
        'cancelToken',
        'headers',
        'params',
        'auth',
        'responseType',
        'baseURL',
        'withCredentials',
        'validateStatus',
        'maxRedirects',
        'httpAgent',
        'httpsAgent',
      ],
      bounds: axiosBounds,
      limits: [
        {
          phases: ['connect', 'handshake', 'headers', 'body'],
          ms: 'never',
          source: 'axios/lib/defaults/index.js: timeout 0; run: still pending at 330 s',
        },
      ],
      idempotencyKey: key,
    },
  },
  traps: [
    '`axios.post(url, { timeout })` sends the option as the body.',
    'Once the headers are there, `timeout` restarts with each chunk: a body that trickles is not ended by it.',
    '`timeout: Infinity` rejects, `timeout: -1` throws where nobody can catch it.',
  ],
};
