import type { Bound, ClientType, Library, Operation } from '../schema.js';
import { axios, axiosBounds, axiosVerbs } from './axios.js';

const cold = (operation: Operation): Operation => ({ ...operation, starts: 'subscribe' });

/** Nest's HttpService has all the verbs of axios but `options`. */
const verbs = axiosVerbs.map((operation) =>
  cold(
    Array.isArray(operation.name)
      ? { ...operation, name: operation.name.filter((name: string) => name !== 'options') }
      : operation,
  ),
);

/** HttpService puts a token of its own in the place of one that the configuration has. */
const bounds = axiosBounds.map((bound): Bound =>
  bound.option === 'cancelToken' ? { ...bound, where: 'call' } : bound,
);

const instance = axios.clients?.['AxiosInstance'] as ClientType;

export const nestjsAxios: Library = {
  name: '@nestjs/axios',
  packages: ['@nestjs/axios'],
  family: 'http',
  verified: ['12.0.1 with axios 1.21.1'],
  exports: {
    HttpModule: { is: 'client', type: 'HttpModule' },
    HttpService: { is: 'class', type: 'HttpService', over: 0 },
  },
  clients: {
    HttpModule: {
      types: ['HttpModule'],
      judged: 'construction',
      operations: [],
      derives: [
        { name: 'register', type: 'HttpService', config: 0 },
        { name: 'registerAsync', type: 'HttpService', config: 0, configFrom: 'useFactory' },
      ],
      bounds,
      limits: instance.limits,
    },
    HttpService: {
      types: ['HttpService'],
      judged: 'construction',
      operations: [
        ...verbs,
        cold({
          name: 'request',
          effect: { from: 'http-method', option: 'method', default: 'read' },
          options: 0,
        }),
      ],
      members: { axiosRef: 'AxiosInstance' },
      bounds,
      limits: instance.limits,
      target: 'baseURL',
      idempotencyKey: { in: 'header', name: 'Idempotency-Key' },
    },
    AxiosInstance: { ...instance, types: ['axios#AxiosInstance'] },
  },
  traps: [
    'Nothing is sent before the Observable is subscribed to, and each subscription sends again.',
    'rxjs `timeout` after the call unsubscribes, which cancels the request; rxjs `retry` sends a POST again.',
    'A `cancelToken` in the configuration of the module is replaced by one of HttpService.',
    'The limits are those of axios: none by default.',
  ],
};
