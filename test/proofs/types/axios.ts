import type { AxiosInstance } from 'axios';
export * as lib from 'axios';
export declare const clients: { AxiosInstance: AxiosInstance };
