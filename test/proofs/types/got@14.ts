import type { Got, GotPaginate, GotStream } from 'got14';
export * as lib from 'got14';
export declare const entry: 'got';
export declare const clients: { Got: Got; GotStream: GotStream; GotPaginate: Got['paginate'] & GotPaginate };
