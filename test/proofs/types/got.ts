import type { Got, GotPaginate, GotStream } from 'got';
export * as lib from 'got';
export declare const clients: { Got: Got; GotStream: GotStream; GotPaginate: Got['paginate'] & GotPaginate };
