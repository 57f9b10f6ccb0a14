import type { HttpModule, HttpService } from '@nestjs/axios';
import type { AxiosInstance } from 'axios';
export * as lib from '@nestjs/axios';
export declare const entry: '@nestjs/axios';
export declare const clients: { HttpModule: typeof HttpModule; HttpService: HttpService; AxiosInstance: AxiosInstance };
